package io.sluice.run.expression;

/** What an evaluation looks at on each of its nodes; ends it by an exception. */
@FunctionalInterface
public interface Bounds {

    /** No bounds: for tests and for constants. */
    Bounds NONE = depth -> {};

    /**
     * Called on entry of each node.
     *
     * @param depth how deep the evaluation is nested
     * @throws RuntimeException to end the evaluation
     */
    void check(int depth);

    /**
     * Told how much an evaluation has made: items of lists, or characters of texts in units of 64.
     *
     * @throws RuntimeException to end the evaluation
     */
    default void produced(int size) {}
}
