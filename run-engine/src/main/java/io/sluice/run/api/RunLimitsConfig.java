package io.sluice.run.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one run may take; its error names the limit that it reached. */
public interface RunLimitsConfig {

    /** Longest attempt where the flow states none. */
    @WithDefault("5m")
    Duration timeout();

    /** What a flow may state at most. */
    @WithDefault("1h")
    Duration longestTimeout();

    /** Most tasks that an attempt visits: ends an endless loop of {@code then}. */
    @WithDefault("100000")
    int steps();

    /** Most nodes of expressions that an attempt evaluates: ends an endless expression before its time is over. */
    @WithDefault("50000000")
    long expressionNodes();

    /** How deep an evaluation may be nested, nodes. Deeper ones may overflow the stack, which ends the run just so. */
    @WithDefault("500")
    int expressionDepth();

    /**
     * Largest single value, bytes of heap, estimated from above: JSON takes about ten times its length. A run that
     * makes or receives a larger one fails.
     */
    @WithDefault("64M")
    MemorySize valueBytes();

    /**
     * Most that a run holds at a time with what its expression is making, bytes of heap, estimated from above. A run
     * that holds more fails.
     */
    @WithDefault("128M")
    MemorySize runBytes();
}
