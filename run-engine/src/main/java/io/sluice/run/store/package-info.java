/** SQL of runs, steps, contexts and deployments. */
@NullMarked
package io.sluice.run.store;

import org.jspecify.annotations.NullMarked;
