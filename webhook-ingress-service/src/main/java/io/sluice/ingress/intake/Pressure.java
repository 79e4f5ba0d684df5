package io.sluice.ingress.intake;

import java.time.Duration;

/**
 * Whether calls wait longer to be stored than the database needs for it: then runs must wait, since they may lag and
 * acceptance may not. What the database needs is the shortest time that a group took lately, so a slow disk alone is no
 * pressure. Times are those of {@link System#nanoTime()}.
 */
final class Pressure {

    /** On top of twice what a group needs: one that is on its way and one's own. */
    private static final long SLACK = Duration.ofMillis(5).toNanos();

    /** The shortest time is of this one and the one before. */
    private static final long WINDOW = Duration.ofSeconds(15).toNanos();

    /** Without a group for so long nobody waits. */
    private static final long QUIET = Duration.ofMillis(100).toNanos();

    private static final double WEIGHT = 0.2;

    private double wait;
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long windowSince;
    private long last;
    private boolean used;

    /**
     * A group is durable.
     *
     * @param oldest when its first call came
     * @param begun when it began to be stored
     */
    synchronized void stored(long oldest, long begun, long now) {
        if (!used || now - windowSince > WINDOW) {
            shortestBefore = used ? shortest : Long.MAX_VALUE;
            shortest = Long.MAX_VALUE;
            windowSince = now;
            used = true;
        }
        shortest = Math.min(shortest, now - begun);
        wait += WEIGHT * (now - oldest - wait);
        last = now;
    }

    synchronized boolean isHigh(long now) {
        return used && now - last < QUIET && wait > SLACK + 2.0 * Math.min(shortest, shortestBefore);
    }
}
