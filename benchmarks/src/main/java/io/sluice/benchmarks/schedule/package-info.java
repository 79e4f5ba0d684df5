/** The scheduler: fires a second beside its peers, a million schedules, and the next instants of rules. */
@NullMarked
package io.sluice.benchmarks.schedule;

import org.jspecify.annotations.NullMarked;
