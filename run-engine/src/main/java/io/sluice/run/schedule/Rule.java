package io.sluice.run.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When a schedule fires. */
public sealed interface Rule {

    /** After each interval of elapsed time, counted from the schedule's activation. */
    record Every(Duration interval) implements Rule {}

    /**
     * Once; twice when the moment exists twice and both are wanted.
     *
     * @param mark as of {@link NextInstant.Fire}
     */
    record Once(List<Instant> at, @Nullable String mark) implements Rule {
        public Once {
            at = at.stream().distinct().sorted().toList();
        }
    }

    /** By the zone's clock. */
    sealed interface OnClock extends Rule {
        /** The local times, made ready for looking up. */
        LocalTimes times();
    }

    /** Each day at these times of the zone's clock, in order. */
    record Daily(List<LocalTime> at, LocalTimes times) implements OnClock {
        public Daily(List<LocalTime> at) {
            this(sorted(at), LocalTimes.of(Days.every(), at));
        }
    }

    /** Each week on these days at these times, in order. */
    record Weekly(Set<DayOfWeek> days, List<LocalTime> at, LocalTimes times) implements OnClock {
        public Weekly(Set<DayOfWeek> days, List<LocalTime> at) {
            this(new TreeSet<>(days), sorted(at), LocalTimes.of(Days.ofWeek(days), at));
        }
    }

    /**
     * Each month on these days and on these weekdays.
     *
     * @param days from 1 on, or back from -1, the month's last
     */
    record Monthly(List<Integer> days, List<NthWeekday> weekdays, List<LocalTime> at, LocalTimes times)
            implements OnClock {
        public Monthly(List<Integer> days, List<NthWeekday> weekdays, List<LocalTime> at) {
            this(
                    days.stream().distinct().toList(),
                    weekdays.stream().distinct().toList(),
                    sorted(at),
                    LocalTimes.of(Days.ofMonth(days, weekdays), at));
        }
    }

    /** As a cron expression says. */
    record CronRule(String expression, LocalTimes times) implements OnClock {
        /** @throws IllegalArgumentException that says what is wrong */
        public CronRule(String expression) {
            this(expression.strip(), CronFields.parse(expression));
        }
    }

    /**
     * A weekday of a month.
     *
     * @param nth 1 to 5, or -1 for the last
     */
    record NthWeekday(int nth, DayOfWeek day) {
        public NthWeekday {
            if (nth != -1 && (nth < 1 || nth > 5)) {
                throw new IllegalArgumentException("a month has its 1st to 5th " + day + ", and its last as -1");
            }
        }
    }

    private static List<LocalTime> sorted(List<LocalTime> at) {
        return Arrays.asList(at.stream().distinct().sorted().toArray(LocalTime[]::new));
    }
}
