package io.sluice.run.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** By how much an instant is delayed, so that many schedules of the same minute do not start in the same second. */
public final class Jitter {

    private Jitter() {}

    /**
     * A pure function of the schedule and the instant: every replica computes the same, and it does so again.
     *
     * @param most zero for none
     * @return whole milliseconds from zero to {@code most}, evenly spread
     */
    public static Duration of(UUID scheduleId, Instant nominalAt, Duration most) {
        long range = most.toMillis();
        if (range <= 0) {
            return Duration.ZERO;
        }
        long hash = mixed(scheduleId.getMostSignificantBits());
        hash = mixed(hash ^ scheduleId.getLeastSignificantBits());
        hash = mixed(hash ^ nominalAt.getEpochSecond());
        hash = mixed(hash ^ nominalAt.getNano());
        return Duration.ofMillis(Long.remainderUnsigned(hash, range + 1));
    }

    /** When an instant's run is started. */
    public static Instant firesAt(UUID scheduleId, Instant nominalAt, ScheduleSpec spec) {
        return nominalAt.plus(of(scheduleId, nominalAt, spec.jitter()));
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
