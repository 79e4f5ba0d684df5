/** Runs, their steps, and what can be done with them. */
@NullMarked
package io.sluice.contract.run;

import org.jspecify.annotations.NullMarked;
