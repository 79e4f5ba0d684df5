package io.sluice.run.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the one rule of settings. */
record RuleReader(ScheduleSettings settings, Moments moments, FieldProblems problems) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST_TIMES = 96;
    private static final int MOST_DAYS = 62;

    /** @return null when it cannot be read, which is said then */
    @Nullable
    Rule read() {
        Map<String, Object> given = given();
        if (given.size() != 1) {
            problems.add(
                    given.isEmpty()
                            ? "/every"
                            : "/" + given.keySet().stream().toList().getLast(),
                    "give exactly one of every, daily, weekly, monthly, cron and at"
                            + (given.isEmpty() ? "" : "; given are " + String.join(" and ", given.keySet())));
            return null;
        }
        return switch (given.values().iterator().next()) {
            case Duration every -> every(every);
            case ScheduleSettings.Daily daily -> daily(daily);
            case ScheduleSettings.Weekly weekly -> weekly(weekly);
            case ScheduleSettings.Monthly monthly -> monthly(monthly);
            default -> settings.cron() != null ? cron(settings.cron()) : once(String.valueOf(settings.at()));
        };
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "every", settings.every());
        put(given, "daily", settings.daily());
        put(given, "weekly", settings.weekly());
        put(given, "monthly", settings.monthly());
        put(given, "at", settings.at());
        put(given, "cron", settings.cron());
        return given;
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private @Nullable Rule every(Duration every) {
        problems.between("/every", every, SHORTEST, LONGEST);
        return problems.isEmpty() ? new Rule.Every(Duration.ofMillis(every.toMillis())) : null;
    }

    private @Nullable Rule daily(ScheduleSettings.Daily daily) {
        List<LocalTime> times = times("/daily/at", daily.at());
        return times.isEmpty() ? null : new Rule.Daily(times);
    }

    private @Nullable Rule weekly(ScheduleSettings.Weekly weekly) {
        List<LocalTime> times = times("/weekly/at", weekly.at());
        List<String> names = weekly.days() == null ? List.of() : weekly.days();
        if (names.isEmpty() || names.size() > MOST_DAYS) {
            problems.add("/weekly/days", "days of the week, such as [\"monday\", \"thursday\"]");
            return null;
        }
        Set<DayOfWeek> days = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            DayOfWeek day = day("/weekly/days/" + i, names.get(i));
            if (day != null) {
                days.add(day);
            }
        }
        return times.isEmpty() || days.isEmpty() ? null : new Rule.Weekly(days, times);
    }

    private @Nullable Rule monthly(ScheduleSettings.Monthly monthly) {
        List<LocalTime> times = times("/monthly/at", monthly.at());
        List<Integer> days = monthly.days() == null ? List.of() : monthly.days();
        List<ScheduleSettings.NthWeekday> weekdays = monthly.weekdays() == null ? List.of() : monthly.weekdays();
        if ((days.isEmpty() && weekdays.isEmpty()) || days.size() > MOST_DAYS || weekdays.size() > MOST_DAYS) {
            problems.add("/monthly/days", "days such as [1, 15, -1], where -1 is the month's last; or weekdays");
            return null;
        }
        for (int i = 0; i < days.size(); i++) {
            Integer day = days.get(i);
            // JSON may bring a null.
            if (day == null || day == 0 || Math.abs(day) > 31) {
                problems.add("/monthly/days/" + i, "1 to 31, or -1 for the month's last day to -31");
            }
        }
        List<Rule.NthWeekday> read = new ArrayList<>();
        for (int i = 0; i < weekdays.size(); i++) {
            Rule.NthWeekday weekday = weekday("/monthly/weekdays/" + i, weekdays.get(i));
            if (weekday != null) {
                read.add(weekday);
            }
        }
        return problems.isEmpty() ? new Rule.Monthly(days, read, times) : null;
    }

    private Rule.@Nullable NthWeekday weekday(String pointer, ScheduleSettings.@Nullable NthWeekday weekday) {
        Integer nth = weekday == null ? null : weekday.nth();
        DayOfWeek day = day(pointer + "/day", weekday == null ? null : weekday.day());
        if (nth == null || (nth != -1 && (nth < 1 || nth > 5))) {
            problems.add(pointer + "/nth", "1 to 5, or -1 for the month's last");
            return null;
        }
        return day == null ? null : new Rule.NthWeekday(nth, day);
    }

    private @Nullable DayOfWeek day(String pointer, @Nullable String name) {
        String wanted = String.valueOf(name).strip().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(wanted) || day.name().substring(0, 3).equals(wanted)) {
                return day;
            }
        }
        problems.add(pointer, "a day of the week: monday, tuesday, wednesday, thursday, friday, saturday or sunday");
        return null;
    }

    private List<LocalTime> times(String pointer, @Nullable List<String> at) {
        if (at == null || at.isEmpty() || at.size() > MOST_TIMES) {
            problems.add(pointer, "1 to " + MOST_TIMES + " times of day, such as [\"02:30\"]");
            return List.of();
        }
        List<LocalTime> times = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            try {
                // JSON may bring a null.
                times.add(LocalTime.parse(String.valueOf((Object) at.get(i))).withNano(0));
            } catch (DateTimeParseException e) {
                problems.add(pointer + "/" + i, "a time of day such as 02:30");
            }
        }
        return times;
    }

    private @Nullable Rule cron(String expression) {
        try {
            return new Rule.CronRule(expression);
        } catch (IllegalArgumentException e) {
            problems.add("/cron", "cannot be read: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Rule once(String text) {
        Moments.Moment moment = moments.read("/at", text);
        if (moment == null) {
            return null;
        }
        LocalDateTime local = moment.local();
        int times = local == null
                ? 1
                : moments.zone().getRules().getValidOffsets(local).size();
        if (local == null || times == 1) {
            return new Rule.Once(List.of(moment.at()), null);
        }
        if (times == 0) {
            if ("skip".equals(settings.inGap())) {
                problems.add("/at", "the clock skips this time on that day; give another, or inGap shift");
                return null;
            }
            return new Rule.Once(List.of(moment.at()), NextInstant.GAP);
        }
        var both = moments.instants(local);
        return new Rule.Once(
                switch (String.valueOf(settings.inOverlap())) {
                    case "both" -> both;
                    case "second" -> List.of(both.getLast());
                    default -> List.of(both.getFirst());
                },
                NextInstant.OVERLAP);
    }
}
