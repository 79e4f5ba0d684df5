package io.sluice.run.api;

import io.sluice.run.queue.RunOwner;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service executes its runs. */
@ConfigMapping(prefix = "sluice.runs")
public interface RunsConfig {

    /** Which service this is: it stands in the ids of its runs. Set by the service itself. */
    RunOwner owner();

    /** Most runs at once on a replica. Bounds the heap: about this many times the bodies that runs hold. */
    @WithDefault("64")
    int concurrency();

    /** Life of a claim without renewal. A dead replica's runs are taken over after it. */
    @WithDefault("10s")
    Duration lease();

    /** Longest time until a replica sees a run that another one queued. */
    @WithDefault("250ms")
    Duration poll();

    /** Longest attempt where the flow states none. */
    @WithDefault("5m")
    Duration timeout();

    /** What a flow may state at most. */
    @WithDefault("1h")
    Duration longestTimeout();

    /** How often a run is tried when what failed may pass: time-outs, 429, 5xx. */
    @WithDefault("3")
    int attempts();

    /** Pause before the second attempt, doubled before each further one. */
    @WithDefault("5s")
    Duration backoff();

    /** Most tasks that an attempt visits: ends an endless loop of {@code then}. */
    @WithDefault("100000")
    int steps();

    /** Most nodes of expressions that an attempt evaluates: ends an endless expression before its time is over. */
    @WithDefault("50000000")
    long expressionNodes();

    /** How long running runs may go on at shutdown before they are given back. Keep below the pod's grace period. */
    @WithDefault("15s")
    Duration grace();
}
