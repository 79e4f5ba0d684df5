package io.sluice.run.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Local times as instants of a zone. Time is looked at in stretches of equal offset: within one, instants and local times
 * differ by a constant, and only at its two ends there are times that exist twice or were moved.
 */
record ZoneClock(LocalTimes times, ZoneTimeline zone, InGap inGap, InOverlap inOverlap) {

    private static final long DAY = TimesOfDay.DAY;

    /** How far from a transition nothing is moved any more; the longest gap was a day. */
    private static final long MARGIN = 2 * DAY;

    /**
     * The first instant after a second.
     *
     * @param withSkipped whether times of gaps that are left out are named as well
     */
    @Nullable
    Occurrence after(long second, boolean withSkipped) {
        long from = second + 1;
        int stretch = zone.at(from);
        boolean over = false;
        while (true) {
            Occurrence moved = moved(stretch, from, withSkipped);
            long local = regular(stretch, from);
            long at = local == LocalTimes.NONE ? LocalTimes.NONE : local - zone.offset(stretch);
            if (at < zone.end(stretch)) {
                return moved != null && moved.second() < at ? moved : regular(stretch, at, local);
            }
            if (moved != null) {
                return moved;
            }
            if (over || stretch + 1 == zone.count()) {
                return null;
            }
            // One stretch more: a time that has passed may come a second time.
            over = local == LocalTimes.NONE;
            from = over || isPutBackAfter(stretch) ? zone.end(stretch) : Math.max(zone.end(stretch), at - MARGIN);
            stretch = zone.at(from);
        }
    }

    /** The first local time at or after an instant of a stretch that is wanted there; it may lie behind the stretch. */
    private long regular(int stretch, long from) {
        long local = times.atOrAfter(from + zone.offset(stretch));
        if (times.elapsed() || inOverlap == InOverlap.BOTH || local == LocalTimes.NONE) {
            return local;
        }
        if (inOverlap == InOverlap.FIRST && isSecond(stretch, local)) {
            return times.atOrAfter(zone.start(stretch) + zone.offset(stretch - 1));
        }
        if (inOverlap == InOverlap.SECOND && isFirst(stretch, local)) {
            return Math.max(local, zone.end(stretch) + zone.offset(stretch));
        }
        return local;
    }

    private Occurrence regular(int stretch, long at, long local) {
        boolean twice = isFirst(stretch, local) || isSecond(stretch, local);
        return new Occurrence(at, twice ? NextInstant.OVERLAP : null, true);
    }

    /** A local time of the gap before a stretch, as the clock from before the gap would have shown it. */
    private @Nullable Occurrence moved(int stretch, long from, boolean withSkipped) {
        if (stretch == 0 || times.elapsed() || (inGap == InGap.SKIP && !withSkipped)) {
            return null;
        }
        int before = zone.offset(stretch - 1);
        long gapEnd = zone.start(stretch) + zone.offset(stretch);
        if (from + before >= gapEnd) {
            return null;
        }
        long local = times.atOrAfter(from + before);
        return local < gapEnd ? new Occurrence(local - before, NextInstant.GAP, inGap == InGap.SHIFT) : null;
    }

    private boolean isPutBackAfter(int stretch) {
        return zone.offset(stretch + 1) < zone.offset(stretch);
    }

    /** Whether the clock shows a time of this stretch again in the next one. */
    private boolean isFirst(int stretch, long local) {
        return stretch + 1 < zone.count() && local >= zone.end(stretch) + zone.offset(stretch + 1);
    }

    /** Whether the clock has shown a time of this stretch already in the one before. */
    private boolean isSecond(int stretch, long local) {
        return stretch > 0 && local < zone.start(stretch) + zone.offset(stretch - 1);
    }

    /** An instant in whole seconds. */
    record Occurrence(long second, @Nullable String mark, boolean fires) {
        NextInstant.Fire fire() {
            return new NextInstant.Fire(Instant.ofEpochSecond(second), mark, fires);
        }
    }
}
