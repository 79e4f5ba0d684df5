/** Claims runs and executes each on a virtual thread. */
@NullMarked
package io.sluice.run.executor;

import org.jspecify.annotations.NullMarked;
