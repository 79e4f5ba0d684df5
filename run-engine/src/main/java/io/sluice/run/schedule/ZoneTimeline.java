package io.sluice.run.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A zone's offsets from 1999 to 2205 in a table: its rules are asked for each instant that is computed. */
final class ZoneTimeline {

    private static final Instant FROM = Instant.parse("1999-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2205-01-01T00:00:00Z");

    /** Zones with transitions; there are some 350 of them. */
    private static final Map<ZoneId, ZoneTimeline> KNOWN = new ConcurrentHashMap<>();

    private final long[] starts;
    private final int[] offsets;

    private ZoneTimeline(long[] starts, int[] offsets) {
        this.starts = starts;
        this.offsets = offsets;
    }

    static ZoneTimeline of(ZoneId zone) {
        ZoneTimeline known = KNOWN.get(zone);
        if (known != null) {
            return known;
        }
        ZoneRules rules = zone.getRules();
        if (rules.isFixedOffset()) {
            return new ZoneTimeline(
                    new long[] {Long.MIN_VALUE},
                    new int[] {rules.getOffset(FROM).getTotalSeconds()});
        }
        return KNOWN.computeIfAbsent(zone, _ -> read(rules));
    }

    /** The stretch of equal offset in which a second lies. */
    int at(long second) {
        int found = Arrays.binarySearch(starts, second);
        return found >= 0 ? found : -found - 2;
    }

    int count() {
        return starts.length;
    }

    /** The first second of a stretch. */
    long start(int stretch) {
        return starts[stretch];
    }

    /** The first second after a stretch. */
    long end(int stretch) {
        return stretch + 1 < starts.length ? starts[stretch + 1] : Long.MAX_VALUE;
    }

    int offset(int stretch) {
        return offsets[stretch];
    }

    private static ZoneTimeline read(ZoneRules rules) {
        long[] starts = new long[1_000];
        int[] offsets = new int[1_000];
        starts[0] = Long.MIN_VALUE;
        offsets[0] = rules.getOffset(FROM).getTotalSeconds();
        int count = 1;
        ZoneOffsetTransition next = rules.nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO) && count < starts.length) {
            starts[count] = next.toEpochSecond();
            offsets[count] = next.getOffsetAfter().getTotalSeconds();
            count++;
            next = rules.nextTransition(next.getInstant());
        }
        return new ZoneTimeline(Arrays.copyOf(starts, count), Arrays.copyOf(offsets, count));
    }
}
