/** What a person prefers. */
@NullMarked
package io.sluice.integrations.person;

import org.jspecify.annotations.NullMarked;
