package io.sluice.run.step;

import java.time.Duration;

/**
 * What one run may take. Each limit is named in errors as the configuration names it, under {@code sluice.runs}.
 *
 * @param timeout longest attempt, where the flow states none
 * @param longestTimeout what a flow may state at most
 * @param steps most tasks that an attempt visits
 * @param expressionNodes most nodes of expressions that an attempt evaluates
 * @param expressionDepth how deep an evaluation may be nested, nodes
 * @param valueBytes largest single value, bytes of heap, estimated from above
 * @param runBytes most that a run holds at a time with what its expression is making, bytes of heap, estimated from
 *     above
 */
public record Limits(
        Duration timeout,
        Duration longestTimeout,
        int steps,
        long expressionNodes,
        int expressionDepth,
        long valueBytes,
        long runBytes) {

    /** As the configuration's defaults. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofMinutes(5), Duration.ofHours(1), 100_000, 50_000_000, 500, 64L << 20, 128L << 20);

    public Limits {
        if (timeout.isNegative() || timeout.isZero() || longestTimeout.compareTo(timeout) < 0) {
            throw new IllegalArgumentException("timeout must be positive and at most longest-timeout");
        }
        if (steps < 1 || expressionNodes < 1 || expressionDepth < 1 || valueBytes < 1 || runBytes < valueBytes) {
            throw new IllegalArgumentException("limits must be positive, and value-bytes at most run-bytes");
        }
    }

    /** The same with another time, steps and nodes. */
    public Limits with(Duration time, int mostSteps, long mostNodes) {
        return new Limits(time, time, mostSteps, mostNodes, expressionDepth, valueBytes, runBytes);
    }
}
