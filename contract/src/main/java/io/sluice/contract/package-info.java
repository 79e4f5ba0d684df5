/** What all APIs share: lists in pages. */
@NullMarked
package io.sluice.contract;

import org.jspecify.annotations.NullMarked;
