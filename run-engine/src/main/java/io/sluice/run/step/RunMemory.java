package io.sluice.run.step;

/**
 * What one run holds on the heap, bytes, estimated from above: what was measured last, what came since, and what the
 * expression that is evaluated makes.
 */
final class RunMemory {

    /** Bytes that are looked through in about the time of a small step. */
    private static final long BYTES_A_STEP = 4096;

    private long measured;
    private long since;
    private long evaluating;
    private long steps;
    private long nextAfter = 1;

    void evaluating(long bytes) {
        evaluating += bytes;
    }

    /** What the expression has made is garbage but for its result. */
    void kept(long bytes) {
        evaluating = 0;
        since += bytes;
    }

    long held() {
        return measured + since + evaluating;
    }

    /** Whether so much came that it pays to measure again. */
    boolean isVague(long share) {
        return since > Math.max(share / 2, measured);
    }

    /**
     * Whether a step later it pays to see if a large run is small again. The longer it stays large the seldomer, up to
     * where looking costs about as much as the steps do: a loop over a long list must not look through it at each item.
     */
    boolean isDue() {
        return ++steps >= nextAfter;
    }

    void measured(long bytes) {
        measured = bytes;
        since = 0;
        steps = 0;
        nextAfter = Math.max(1, Math.min(2 * nextAfter, bytes / BYTES_A_STEP));
    }
}
