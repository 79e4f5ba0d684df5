/** The internal feed by which the trigger services learn what to run. */
@NullMarked
package io.sluice.contract.deployment;

import org.jspecify.annotations.NullMarked;
