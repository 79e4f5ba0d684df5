/** Runs through the queue on PostgreSQL, beside two job queues on the same server. */
@NullMarked
package io.sluice.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
