package io.sluice.run.executor;

import java.time.Duration;

/**
 * How a replica executes.
 *
 * @param concurrency most runs at once
 * @param lease life of a claim without renewal; a dead replica's runs are taken over after it
 * @param poll longest time until a run that another replica queued is seen
 * @param timeout longest attempt, where the flow states none
 * @param longestTimeout what a flow may state at most
 * @param attempts how often a run is tried when what failed may pass
 * @param backoff before the second attempt; doubled before each further one
 * @param steps most tasks that an attempt visits
 * @param expressionNodes most nodes of expressions that an attempt evaluates
 * @param grace how long running runs may go on at shutdown before they are given back
 */
public record ExecutorSettings(
        int concurrency,
        Duration lease,
        Duration poll,
        Duration timeout,
        Duration longestTimeout,
        int attempts,
        Duration backoff,
        int steps,
        long expressionNodes,
        Duration grace) {}
