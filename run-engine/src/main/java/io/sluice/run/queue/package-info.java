/** Runs as they wait and work: states, leases, fencing. */
@NullMarked
package io.sluice.run.queue;

import org.jspecify.annotations.NullMarked;
