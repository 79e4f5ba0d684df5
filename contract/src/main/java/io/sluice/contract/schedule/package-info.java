/** How an integration is started by the clock. */
@NullMarked
package io.sluice.contract.schedule;

import org.jspecify.annotations.NullMarked;
