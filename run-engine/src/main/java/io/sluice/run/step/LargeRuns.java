package io.sluice.run.step;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for runs that hold more than their share of the heap. A run without a place holds at most the share; one that
 * needs more waits for a place, which is then good for all that it may hold. So the heap is bounded, and since nobody
 * needs a second place, nobody waits for ever.
 */
public final class LargeRuns {

    private final Semaphore places;
    private final long share;

    /**
     * @param places how many runs may be large at a time
     * @param share what a run may hold without a place, bytes
     */
    public LargeRuns(int places, long share) {
        if (places < 1 || share < 1) {
            throw new IllegalArgumentException("places and share must be positive");
        }
        this.places = new Semaphore(places, true);
        this.share = share;
    }

    long share() {
        return share;
    }

    /** Waits for a place; false when there was none in time, or the thread was interrupted. */
    boolean enter(Duration longest) {
        try {
            return places.tryAcquire(longest.toMillis() + 1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        places.release();
    }
}
