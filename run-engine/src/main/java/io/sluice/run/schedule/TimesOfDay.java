package io.sluice.run.schedule;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;

/** Times of a day in whole seconds. There is at least one. */
sealed interface TimesOfDay {

    int DAY = 86_400;

    /** The first at or after a second of the day; -1 when there is none. */
    int atOrAfter(int second);

    static TimesOfDay of(List<LocalTime> at) {
        return new Listed(at.stream()
                .mapToInt(LocalTime::toSecondOfDay)
                .distinct()
                .sorted()
                .toArray());
    }

    /** The shortest time between two of them; a day's last and the next day's first count when days follow each other. */
    default int shortest(boolean daysFollow) {
        int first = atOrAfter(0);
        int shortest = Integer.MAX_VALUE;
        int last = first;
        for (int next = next(first); next >= 0 && shortest > 1; next = next(next)) {
            shortest = Math.min(shortest, next - last);
            last = next;
        }
        while (next(last) >= 0) {
            last = next(last);
        }
        return Math.min(shortest, (daysFollow ? DAY : 2 * DAY) - last + first);
    }

    private int next(int second) {
        return second + 1 < DAY ? atOrAfter(second + 1) : -1;
    }

    /** A few times, in order. */
    final class Listed implements TimesOfDay {

        private final int[] seconds;

        private Listed(int[] seconds) {
            this.seconds = seconds;
        }

        @Override
        public int atOrAfter(int second) {
            for (int candidate : seconds) {
                if (candidate >= second) {
                    return candidate;
                }
            }
            return -1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Listed listed && Arrays.equals(seconds, listed.seconds);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(seconds);
        }
    }

    /** Each second of each minute of each hour whose bits are set. */
    record Fields(long seconds, long minutes, long hours) implements TimesOfDay {

        @Override
        public int atOrAfter(int from) {
            int hour = from / 3600;
            int minute = from / 60 % 60;
            int second = from % 60;
            if (has(hours, hour)) {
                if (has(minutes, minute)) {
                    long later = seconds >>> second;
                    if (later != 0) {
                        return from + Long.numberOfTrailingZeros(later);
                    }
                }
                long later = minute == 59 ? 0 : minutes >>> (minute + 1);
                if (later != 0) {
                    return hour * 3600 + (minute + 1 + Long.numberOfTrailingZeros(later)) * 60 + first(seconds);
                }
            }
            long later = hours >>> (hour + 1);
            return later == 0
                    ? -1
                    : (hour + 1 + Long.numberOfTrailingZeros(later)) * 3600 + first(minutes) * 60 + first(seconds);
        }

        private static boolean has(long bits, int bit) {
            return (bits >>> bit & 1) != 0;
        }

        private static int first(long bits) {
            return Long.numberOfTrailingZeros(bits);
        }
    }
}
