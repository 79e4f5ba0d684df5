package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schedule tab's form as it stands or was typed.
 *
 * @param values by the names of the fields
 * @param weekdays English names of days
 */
public record ScheduleForm(Map<String, String> values, List<String> weekdays) {

    private static final List<String> FIELDS = List.of(
            "rule",
            "amount",
            "unit",
            "times",
            "monthDays",
            "nth",
            "nthDay",
            "cron",
            "once",
            "activateOn",
            "until",
            "zone",
            "excluded",
            "inGap",
            "inOverlap",
            "jitter",
            "adaptiveMin",
            "adaptiveMax",
            "catchUp",
            "catchUpWindow",
            "catchUpMost",
            "catchUpEvery",
            "overlap",
            "pauseAfterFailures");
    private static final Map<String, Duration> UNITS = Map.of(
            "seconds", Duration.ofSeconds(1),
            "minutes", Duration.ofMinutes(1),
            "hours", Duration.ofHours(1),
            "days", Duration.ofDays(1));

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("rule", "every"),
            Map.entry("amount", "5"),
            Map.entry("unit", "minutes"),
            Map.entry("times", "02:30"),
            Map.entry("monthDays", "1"),
            Map.entry("nthDay", "monday"),
            Map.entry("cron", "0 9 * * 1-5"),
            Map.entry("inGap", "shift"),
            Map.entry("inOverlap", "first"),
            Map.entry("catchUp", "last"),
            Map.entry("overlap", "skip"));

    /** Where somebody begins; with what the template suggests. */
    static ScheduleForm fresh(@Nullable String every, @Nullable String cron, String zone) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        values.put("zone", zone);
        if (cron != null) {
            values.put("rule", "cron");
            values.put("cron", cron);
        } else if (every != null) {
            interval(values, Duration.parse(every));
        }
        return new ScheduleForm(values, workdays());
    }

    static ScheduleForm of(MultivaluedMap<String, String> form) {
        Map<String, String> values = new HashMap<>();
        FIELDS.forEach(name -> values.put(
                name, Objects.requireNonNullElse(form.getFirst(name), "").strip()));
        return new ScheduleForm(values, Objects.requireNonNullElse(form.get("weekdays"), List.of()));
    }

    static ScheduleForm of(ScheduleSettings stored) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        String zone = Objects.requireNonNullElse(stored.zone(), "UTC");
        values.put("zone", zone);
        values.put("activateOn", local(stored.activateOn(), zone));
        values.put("until", local(stored.until(), zone));
        values.put("excluded", excluded(stored));
        put(values, "inGap", stored.inGap());
        put(values, "inOverlap", stored.inOverlap());
        values.put("jitter", words(stored.jitter()));
        put(values, "catchUp", stored.catchUp());
        values.put("catchUpWindow", words(stored.catchUpWindow()));
        put(values, "catchUpMost", number(stored.catchUpMost()));
        values.put("catchUpEvery", words(stored.catchUpEvery()));
        put(values, "overlap", stored.overlap());
        put(values, "pauseAfterFailures", number(stored.pauseAfterFailures()));
        if (stored.adaptive() != null) {
            values.put("adaptiveMin", words(stored.adaptive().min()));
            values.put("adaptiveMax", words(stored.adaptive().max()));
        }
        return new ScheduleForm(values, rule(values, stored, zone));
    }

    /** @return the weekdays */
    private static List<String> rule(Map<String, String> values, ScheduleSettings stored, String zone) {
        if (stored.daily() != null) {
            values.put("rule", "daily");
            values.put("times", list(stored.daily().at()));
        } else if (stored.weekly() != null) {
            values.put("rule", "weekly");
            values.put("times", list(stored.weekly().at()));
            return Objects.requireNonNullElse(stored.weekly().days(), List.of());
        } else if (stored.monthly() != null) {
            monthly(values, stored.monthly());
        } else if (stored.cron() != null) {
            values.put("rule", "cron");
            values.put("cron", stored.cron());
        } else if (stored.at() != null) {
            values.put("rule", "once");
            values.put("once", local(stored.at(), zone));
        } else if (stored.every() != null) {
            interval(values, stored.every());
        }
        return workdays();
    }

    private static void monthly(Map<String, String> values, ScheduleSettings.Monthly monthly) {
        values.put("rule", "monthly");
        values.put("times", list(monthly.at()));
        values.put(
                "monthDays",
                Objects.requireNonNullElse(monthly.days(), List.<Integer>of()).stream()
                        .map(day -> day == -1 ? "last" : day.toString())
                        .collect(Collectors.joining(", ")));
        if (monthly.weekdays() != null && !monthly.weekdays().isEmpty()) {
            ScheduleSettings.NthWeekday first = monthly.weekdays().getFirst();
            values.put("nth", String.valueOf(first.nth()));
            values.put("nthDay", String.valueOf(first.day()).toLowerCase(Locale.ROOT));
        }
    }

    private static void interval(Map<String, String> values, Duration every) {
        values.put("rule", "every");
        String unit = List.of("days", "hours", "minutes").stream()
                .filter(name -> every.toMillis() % unit(name).toMillis() == 0)
                .findFirst()
                .orElse("seconds");
        values.put("unit", unit);
        values.put("amount", String.valueOf(every.toMillis() / unit(unit).toMillis()));
    }

    /**
     * What was typed, as the API takes it.
     *
     * @param stored what the form was drawn from, of which it keeps what it has no field for; null of a new one
     * @throws ProblemException at the field that cannot be read
     */
    ScheduleSettings settings(@Nullable ScheduleSettings stored) {
        boolean on = stored == null || !Boolean.FALSE.equals(stored.enabled());
        List<String> times = Arrays.stream(value("times").split("[,;\\s]+"))
                .filter(time -> !time.isBlank())
                .toList();
        return new ScheduleSettings(
                on,
                stored == null ? null : stored.pauseNote(),
                moment("activateOn", stored == null ? null : stored.activateOn(), stored, false),
                moment("until", stored == null ? null : stored.until(), stored, true),
                blank("zone"),
                is("every") ? interval(stored) : null,
                is("daily") ? new ScheduleSettings.Daily(times) : null,
                is("weekly") ? new ScheduleSettings.Weekly(weekdays, times) : null,
                is("monthly") ? new ScheduleSettings.Monthly(monthDays(), nthWeekdays(stored), times) : null,
                is("cron") ? value("cron") : null,
                is("once") ? moment("once", stored == null ? null : stored.at(), stored, true) : null,
                exclusions(),
                blank("inGap"),
                blank("inOverlap"),
                length("/jitter", "jitter"),
                adaptive(),
                blank("catchUp"),
                length("/catchUpWindow", "catchUpWindow"),
                whole("/catchUpMost", "catchUpMost"),
                length("/catchUpEvery", "catchUpEvery"),
                blank("overlap"),
                whole("/pauseAfterFailures", "pauseAfterFailures"));
    }

    private Duration interval(@Nullable ScheduleSettings stored) {
        if (stored != null && stored.every() != null) {
            Map<String, String> shown = new HashMap<>();
            interval(shown, stored.every());
            // Finer than the form shows it: not touched, it stays.
            if (value("amount").equals(shown.get("amount")) && value("unit").equals(shown.get("unit"))) {
                return stored.every();
            }
        }
        Integer amount = whole("/every", "amount");
        if (amount == null) {
            throw ProblemException.field("/every", "a whole number is needed");
        }
        return unit(value("unit")).multipliedBy(amount);
    }

    /**
     * The form shows a moment by the zone's clock, on which an hour of autumn is there twice: not touched, the very moment
     * stays. One that is meant by the clock goes with the zone.
     */
    private @Nullable String moment(
            String name, @Nullable String before, @Nullable ScheduleSettings stored, boolean byTheClock) {
        if (before == null || stored == null) {
            return blank(name);
        }
        String zone = Objects.requireNonNullElse(stored.zone(), "UTC");
        boolean isTouched = !value(name).equals(local(before, zone))
                || (byTheClock && !value("zone").equals(zone));
        return isTouched ? blank(name) : before;
    }

    private ScheduleSettings.@Nullable Adaptive adaptive() {
        Duration min = length("/adaptive/min", "adaptiveMin");
        Duration max = length("/adaptive/max", "adaptiveMax");
        return !is("every") || (min == null && max == null) ? null : new ScheduleSettings.Adaptive(min, max);
    }

    private List<Integer> monthDays() {
        return Arrays.stream(value("monthDays").split("[,;\\s]+"))
                .filter(day -> !day.isBlank())
                .map(day -> {
                    if (day.equalsIgnoreCase("last")) {
                        return -1;
                    }
                    if (!day.matches("-?\\d{1,3}")) {
                        throw ProblemException.field("/monthly/days", "days such as 1, 15, last");
                    }
                    return Integer.valueOf(day);
                })
                .toList();
    }

    /** The form has a place for one; others that were set by the API stay behind it. */
    private List<ScheduleSettings.NthWeekday> nthWeekdays(@Nullable ScheduleSettings stored) {
        if (!value("nth").matches("-1|[1-5]")) {
            return List.of();
        }
        ScheduleSettings.NthWeekday typed =
                new ScheduleSettings.NthWeekday(Integer.valueOf(value("nth")), value("nthDay"));
        List<ScheduleSettings.NthWeekday> before =
                stored == null || stored.monthly() == null || stored.monthly().weekdays() == null
                        ? List.of()
                        : stored.monthly().weekdays();
        return before.size() < 2
                ? List.of(typed)
                : Stream.concat(Stream.of(typed), before.stream().skip(1)).toList();
    }

    private @Nullable List<ScheduleSettings.Excluded> exclusions() {
        List<ScheduleSettings.Excluded> typed = value("excluded")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> {
                    String[] parts = line.split("\\s+(?:to|until|–|-)\\s+", 2);
                    return new ScheduleSettings.Excluded(parts[0], parts.length > 1 ? parts[1] : null);
                })
                .toList();
        return typed.isEmpty() ? null : typed;
    }

    private @Nullable Duration length(String pointer, String name) {
        try {
            return value(name).isEmpty() ? null : DurationText.read(value(name));
        } catch (IllegalArgumentException e) {
            throw ProblemException.field(pointer, "a length of time such as 30 seconds, 5 minutes, 2 hours or 1 day");
        }
    }

    private @Nullable Integer whole(String pointer, String name) {
        String text = value(name);
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("\\d{1,8}")) {
            throw ProblemException.field(pointer, "a whole number is needed");
        }
        return Integer.valueOf(text);
    }

    /** What a field holds; empty when nothing. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** For the page: whether this rule is chosen. */
    public boolean is(String rule) {
        return value("rule").equals(rule);
    }

    /** For the page: whether a choice is the one that is set. */
    public boolean has(String name, String choice) {
        return value(name).equals(choice);
    }

    public boolean isOn(String weekday) {
        return weekdays.stream().anyMatch(weekday::equalsIgnoreCase);
    }

    public List<String> allWeekdays() {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> day.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    public List<String> units() {
        return List.of("seconds", "minutes", "hours", "days");
    }

    /** For the page, which offers them; anything else that is a zone may be typed. */
    public List<String> zones() {
        return ZoneChoice.names();
    }

    /** Whether one of the rare settings is not what it is by default: then they are not folded away. */
    public boolean hasMore() {
        return List.of("until", "excluded", "jitter", "adaptiveMin", "adaptiveMax", "pauseAfterFailures").stream()
                .anyMatch(name -> !value(name).isEmpty());
    }

    private @Nullable String blank(String name) {
        return value(name).isEmpty() ? null : value(name);
    }

    private static Duration unit(String name) {
        return Objects.requireNonNullElse(UNITS.get(name), Duration.ofMinutes(1));
    }

    private static List<String> workdays() {
        return List.of("monday", "tuesday", "wednesday", "thursday", "friday");
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static String words(@Nullable Duration length) {
        return length == null ? "" : DurationText.words(length);
    }

    private static @Nullable String number(@Nullable Integer number) {
        return number == null ? null : number.toString();
    }

    private static String list(@Nullable List<String> times) {
        return times == null ? "" : String.join(", ", times);
    }

    private static String excluded(ScheduleSettings stored) {
        return Objects.requireNonNullElse(stored.excluded(), List.<ScheduleSettings.Excluded>of()).stream()
                .map(one -> one.from() + (one.to() == null ? "" : " to " + one.to()))
                .collect(Collectors.joining("\n"));
    }

    /** A moment as the zone's clock shows it, in the form of a browser's field for date and time. */
    private static String local(@Nullable String moment, String zone) {
        if (moment == null) {
            return "";
        }
        try {
            LocalDateTime local = OffsetDateTime.parse(moment)
                    .atZoneSameInstant(ZoneId.of(zone))
                    .toLocalDateTime();
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local);
        } catch (DateTimeException e) {
            // Without an offset it is the zone's own time already.
            return moment;
        }
    }
}
