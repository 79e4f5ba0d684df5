package io.sluice.run.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Periods in which a schedule does not fire. What counts is the instant at which it would. */
public final class Exclusions {

    private static final Exclusions NONE = new Exclusions(new long[0], new long[0], 0, 0);

    private final long[] starts;
    private final long[] ends;
    private final int days;
    private final int others;

    private Exclusions(long[] starts, long[] ends, int days, int others) {
        this.starts = starts;
        this.ends = ends;
        this.days = days;
        this.others = others;
    }

    /**
     * A period.
     *
     * @param end the first moment that is allowed again
     * @param days how many whole days it has; 0 when its ends are times
     */
    public record Period(Instant from, Instant end, int days) {}

    public static Exclusions none() {
        return NONE;
    }

    /** Periods in any order; they may touch each other. */
    public static Exclusions of(List<Period> periods) {
        List<Period> merged = new ArrayList<>();
        for (Period period :
                periods.stream().sorted(Comparator.comparing(Period::from)).toList()) {
            Period last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || last.end().isBefore(period.from())) {
                merged.add(period);
            } else if (last.end().isBefore(period.end())) {
                merged.set(merged.size() - 1, new Period(last.from(), period.end(), 0));
            }
        }
        return merged.isEmpty()
                ? NONE
                : new Exclusions(
                        merged.stream()
                                .mapToLong(period -> period.from().getEpochSecond())
                                .toArray(),
                        merged.stream()
                                .mapToLong(period -> period.end().getEpochSecond())
                                .toArray(),
                        periods.stream().mapToInt(Period::days).sum(),
                        (int) periods.stream()
                                .filter(period -> period.days() == 0)
                                .count());
    }

    /** How many whole days are left out, as they were written. */
    int days() {
        return days;
    }

    /** How many periods are left out besides, that begin or end at a time. */
    int others() {
        return others;
    }

    public boolean contains(Instant at) {
        return starts.length > 0 && endOf(at.getEpochSecond()) > at.getEpochSecond();
    }

    /** The first moment after an excluded one that is allowed; the same when it is not excluded. */
    Instant allowed(Instant at) {
        if (starts.length == 0) {
            return at;
        }
        long end = endOf(at.getEpochSecond());
        return end > at.getEpochSecond() ? Instant.ofEpochSecond(end) : at;
    }

    private long endOf(long second) {
        int found = Arrays.binarySearch(starts, second);
        int period = found >= 0 ? found : -found - 2;
        return period < 0 ? Long.MIN_VALUE : ends[period];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Exclusions exclusions
                && Arrays.equals(starts, exclusions.starts)
                && Arrays.equals(ends, exclusions.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(ends);
    }
}
