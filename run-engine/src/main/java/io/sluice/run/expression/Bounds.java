package io.sluice.run.expression;

import java.time.Instant;

/** What an evaluation looks at on each of its nodes, and tells what it makes; ends it by an exception. */
@FunctionalInterface
public interface Bounds {

    /** No bounds: for tests and for constants. */
    Bounds NONE = depth -> {};

    /**
     * Called on entry of each node, and by built-ins that work for long inside one.
     *
     * @param depth how deep the evaluation is nested
     * @throws RuntimeException to end the evaluation
     */
    void check(int depth);

    /**
     * Told how much the evaluation is about to make, or has just made: bytes of heap, estimated from above.
     *
     * @throws RuntimeException to end the evaluation
     */
    default void produced(long bytes) {}

    /** Told that the evaluation is over and what its result takes, bytes; all else that it made is garbage by now. */
    default void kept(long bytes) {}

    /** Largest single value, bytes of heap when every place that refers to a part counts it anew. */
    default long largestValue() {
        return Long.MAX_VALUE;
    }

    /** What to throw when a value is larger than {@link #largestValue()}. */
    default RuntimeException tooLarge() {
        return new ExpressionException("a value is too large");
    }

    /** What to throw when the evaluation, or a value, is nested too deeply. */
    default RuntimeException tooDeep() {
        return new ExpressionException("it is nested too deeply");
    }

    /** What to throw when the process had no memory left. */
    default RuntimeException outOfMemory() {
        return new ExpressionException("there was not enough memory");
    }

    /** The time that {@code $now()} and {@code $millis()} tell. */
    default Instant now() {
        return Instant.EPOCH;
    }
}
