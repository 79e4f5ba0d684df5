package io.sluice.run.step;

/**
 * What one run holds on the heap, bytes, estimated from above: what was measured last, what came since, and what the
 * expression that is evaluated makes.
 */
final class RunMemory {

    private long measured;
    private long since;
    private long evaluating;

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

    void measured(long bytes) {
        measured = bytes;
        since = 0;
    }
}
