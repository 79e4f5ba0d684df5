package io.sluice.run.schedule;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a person wrote into a rule, or says per field what is wrong with it. */
public final class ScheduleRules {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Set<String> CATCH_UP = Set.of("none", "last");
    private static final Set<String> OVERLAP = Set.of("skip", "allow");

    private final List<FieldProblem> problems = new ArrayList<>();
    private final ScheduleSettings settings;
    private final Instant now;
    private final Duration minimum;

    private ScheduleRules(ScheduleSettings settings, Instant now, Duration minimum) {
        this.settings = settings;
        this.now = now;
        this.minimum = minimum;
    }

    /**
     * Reads settings.
     *
     * @param now taken where {@code activateOn} is left out
     * @param minimum shortest interval that the template allows
     * @throws ProblemException with every field that needs another value
     */
    public static ScheduleSpec read(ScheduleSettings settings, Instant now, Duration minimum) {
        return new ScheduleRules(settings, now, minimum).read();
    }

    private ScheduleSpec read() {
        ZoneId zone = zone();
        Instant activateOn = activateOn(zone);
        oneOf("/catchUp", settings.catchUp(), CATCH_UP);
        oneOf("/overlap", settings.overlap(), OVERLAP);
        Rule rule = rule();
        if (rule != null && problems.isEmpty()) {
            ScheduleSpec spec = new ScheduleSpec(rule, activateOn, zone);
            frequency(spec);
            if (problems.isEmpty()) {
                return spec;
            }
        }
        throw ProblemException.fields(problems);
    }

    private ZoneId zone() {
        try {
            return settings.zone() == null ? ZoneId.of("UTC") : ZoneId.of(settings.zone());
        } catch (DateTimeException e) {
            complain("/zone", "“" + settings.zone() + "” is no time zone; use an IANA name such as Australia/Sydney");
            return ZoneId.of("UTC");
        }
    }

    private Instant activateOn(ZoneId zone) {
        String text = settings.activateOn();
        if (text == null) {
            return now.truncatedTo(ChronoUnit.SECONDS);
        }
        Instant activateOn;
        try {
            activateOn = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            activateOn = localActivateOn(text, zone);
        }
        if (activateOn.isBefore(EARLIEST) || activateOn.isAfter(LATEST)) {
            complain("/activateOn", "a moment between the years 2000 and 2200");
            return now;
        }
        return activateOn;
    }

    private Instant localActivateOn(String text, ZoneId zone) {
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            complain(
                    "/activateOn", "a date and time that exist, such as 2026-11-24T05:55 or 2026-11-24T05:55:00+11:00");
            return now;
        }
    }

    private @Nullable Rule rule() {
        int given = (settings.every() == null ? 0 : 1)
                + (settings.daily() == null ? 0 : 1)
                + (settings.cron() == null ? 0 : 1);
        if (given != 1) {
            complain(
                    given == 0 ? "/every" : settings.cron() != null ? "/cron" : "/daily",
                    "give exactly one of every, daily and cron");
            return null;
        }
        if (settings.every() != null) {
            return every(settings.every());
        }
        return settings.daily() != null ? daily(settings.daily()) : cron(String.valueOf(settings.cron()));
    }

    private @Nullable Rule every(Duration every) {
        if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(LONGEST) > 0) {
            complain("/every", "an interval lies between PT1S and P365D");
            return null;
        }
        return new Rule.Every(every);
    }

    private @Nullable Rule daily(ScheduleSettings.Daily daily) {
        List<String> at = daily.at() == null ? List.of() : daily.at();
        if (at.isEmpty() || at.size() > 96) {
            complain("/daily/at", "1 to 96 times of day, such as [\"02:30\"]");
            return null;
        }
        List<LocalTime> times = new ArrayList<>();
        for (int i = 0; i < at.size(); i++) {
            try {
                // JSON may bring a null.
                times.add(LocalTime.parse(String.valueOf((Object) at.get(i))));
            } catch (DateTimeParseException e) {
                complain("/daily/at/" + i, "a time of day such as 02:30");
            }
        }
        return new Rule.Daily(times);
    }

    private @Nullable Rule cron(String expression) {
        try {
            return new Rule.CronRule(expression, CronParsing.parse(expression));
        } catch (IllegalArgumentException e) {
            complain("/cron", "cannot be read: " + e.getMessage());
            return null;
        }
    }

    /** Looks at what the rule does rather than at how it is written: a cron expression may be as frequent. */
    private void frequency(ScheduleSpec spec) {
        String field = switch (spec.rule()) {
            case Rule.Every _ -> "/every";
            case Rule.Daily _ -> "/daily/at";
            case Rule.CronRule _ -> "/cron";
        };
        List<NextInstant.Fire> fires = NextInstant.list(spec, now, looks(spec.rule()));
        if (fires.isEmpty()) {
            complain(field, "this never fires");
        }
        for (int i = 1; i < fires.size(); i++) {
            if (Duration.between(fires.get(i - 1).at(), fires.get(i).at()).compareTo(minimum) < 0) {
                complain(field, "the template allows no interval shorter than " + minimum);
                return;
            }
        }
    }

    /** Enough to see each pair of neighbours of a day; for cron as many as are cheap. */
    private static int looks(Rule rule) {
        return switch (rule) {
            case Rule.Every _ -> 2;
            case Rule.Daily(var at) -> at.size() + 1;
            case Rule.CronRule _ -> 60;
        };
    }

    private void oneOf(String pointer, @Nullable String value, Set<String> known) {
        if (value != null && !known.contains(value)) {
            complain(
                    pointer,
                    "one of " + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private void complain(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }
}
