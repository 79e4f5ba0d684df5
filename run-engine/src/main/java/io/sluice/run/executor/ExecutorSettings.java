package io.sluice.run.executor;

import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a replica executes.
 *
 * @param concurrency most runs at once
 * @param lease life of a claim without renewal; a dead replica's runs are taken over after it
 * @param poll longest time until a run that another replica queued is seen
 * @param attempts how often a run is tried when what failed may pass
 * @param backoff before the second attempt; doubled before each further one
 * @param grace how long running runs may go on at shutdown before they are given back
 * @param limits what a run of a tenant may take
 * @param largeRuns places for runs that hold more than their share of the heap
 */
public record ExecutorSettings(
        int concurrency,
        Duration lease,
        Duration poll,
        int attempts,
        Duration backoff,
        Duration grace,
        Function<String, Limits> limits,
        LargeRuns largeRuns) {}
