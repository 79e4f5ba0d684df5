/** The interpreter: walks a compiled flow, one task after the other, on the run's own thread. */
@NullMarked
package io.sluice.run.step;

import org.jspecify.annotations.NullMarked;
