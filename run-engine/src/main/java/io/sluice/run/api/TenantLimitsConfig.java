package io.sluice.run.api;

import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one run of a certain tenant may take; what is not set is as {@link RunLimitsConfig} has it. */
public interface TenantLimitsConfig {

    /** Longest attempt where the flow states none. */
    Optional<Duration> timeout();

    /** What a flow may state at most. */
    Optional<Duration> longestTimeout();

    /** Most tasks that an attempt visits: ends an endless loop of {@code then}. */
    OptionalInt steps();

    /** Most nodes of expressions that an attempt evaluates: ends an endless expression before its time is over. */
    OptionalLong expressionNodes();

    /** How deep an evaluation may be nested, nodes. Deeper ones may overflow the stack, which ends the run just so. */
    OptionalInt expressionDepth();

    /**
     * Largest single value, bytes of heap, estimated from above: JSON takes about ten times its length. A run that
     * makes or receives a larger one fails.
     */
    Optional<MemorySize> valueBytes();

    /**
     * Most that a run holds at a time with what its expression is making, bytes of heap, estimated from above. A run
     * that holds more fails.
     */
    Optional<MemorySize> runBytes();
}
