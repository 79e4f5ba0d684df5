package io.sluice.run.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.sluice.run.queue.RunOwner;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Map;

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

    /** How often a run is tried when what failed may pass: time-outs, 429, 5xx. */
    @WithDefault("3")
    int attempts();

    /** Pause before the second attempt, doubled before each further one. */
    @WithDefault("5s")
    Duration backoff();

    /** How long running runs may go on at shutdown before they are given back. Keep below the pod's grace period. */
    @WithDefault("15s")
    Duration grace();

    /**
     * How many runs may hold more than a share of the heap at a time; others wait, within their time-out. Keep this many
     * times {@code run-bytes}, and {@code concurrency} times {@code share-bytes}, below three quarters of the heap.
     */
    @WithDefault("2")
    int largeRuns();

    /** What a run may hold without counting as large, bytes. More lets more runs go on while large ones wait. */
    @WithDefault("1M")
    MemorySize shareBytes();

    /** Limits of each run where its tenant has none of its own. */
    @WithParentName
    RunLimitsConfig limits();

    /** Limits of single tenants, by the tenant's id; what is not set there is the deployment's. */
    Map<String, TenantLimitsConfig> tenants();
}
