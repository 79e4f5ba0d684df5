package io.sluice.ingress.intake;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Whether runs must wait, since they may lag and acceptance may not: when calls wait longer to be stored than the
 * database needs for it, or when many are being stored on a machine that is full. What the database needs is the shortest
 * time that a group took lately, so a slow disk alone is no pressure. Times are those of {@link System#nanoTime()}.
 */
final class Pressure {

    /** On top of twice what a group needs: one that is on its way and one's own. */
    private static final long SLACK = Duration.ofMillis(5).toNanos();

    /** The shortest time is of this one and the one before. */
    private static final long WINDOW = Duration.ofSeconds(15).toNanos();

    /** Without a group for so long nobody waits. */
    private static final long QUIET = Duration.ofMillis(100).toNanos();

    private static final double WEIGHT = 0.2;

    /** So many calls at once are no trickle. */
    private static final int MANY = 16;

    /** Of the machine's processors, whoever uses them. */
    private static final double FULL = 0.85;

    private static final long LOAD_LOOK = Duration.ofMillis(200).toNanos();

    private final DoubleSupplier processors;
    private double load;
    private long loadAt;
    private boolean loadKnown;
    private double wait;
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long windowSince;
    private long last;
    private boolean used;

    /** @param processors how much of them is in use, 0 to 1, since it was asked before */
    Pressure(DoubleSupplier processors) {
        this.processors = processors;
    }

    /** Of this machine, or of what its container may use. */
    static Pressure ofThisMachine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Pressure(system::getCpuLoad);
    }

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

    /** @param storing calls that are not durable yet */
    synchronized boolean isHigh(long now, int storing) {
        boolean waits = used && now - last < QUIET && wait > SLACK + 2.0 * Math.min(shortest, shortestBefore);
        return waits || (storing >= MANY && load(now) > FULL);
    }

    private double load(long now) {
        if (!loadKnown || now - loadAt > LOAD_LOOK) {
            load = processors.getAsDouble();
            loadAt = now;
            loadKnown = true;
        }
        return load;
    }
}
