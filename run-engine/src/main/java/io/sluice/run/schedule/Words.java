package io.sluice.run.schedule;

import com.cronutils.descriptor.CronDescriptor;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Rules in plain English. */
public final class Words {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private Words() {}

    /** The rule in a sentence without a full stop: “Every 7 minutes from 24 Nov 2026, 05:55, Sydney time”. */
    public static String of(ScheduleSpec spec) {
        return rule(spec) + options(spec);
    }

    private static String rule(ScheduleSpec spec) {
        String zone = zone(spec.zone());
        return switch (spec.rule()) {
            case Rule.Every every ->
                "Every " + interval(every.interval()) + adaptive(spec) + " from "
                        + moment(spec.activateOn(), spec.zone()) + ", " + zone;
            case Rule.Once once -> "Once on " + moment(once.at().getFirst(), spec.zone()) + ", " + zone;
            case Rule.Daily daily -> "Daily at " + times(daily.at()) + from(spec, zone);
            case Rule.Weekly weekly ->
                "Every week on "
                        + list(weekly.days().stream().map(Words::name).toList()) + " at " + times(weekly.at())
                        + from(spec, zone);
            case Rule.Monthly monthly ->
                "Every month on " + days(monthly) + " at " + times(monthly.at()) + from(spec, zone);
            case Rule.CronRule cron -> cron(cron.expression()) + from(spec, zone);
        };
    }

    private static String from(ScheduleSpec spec, String zone) {
        return ", " + zone + ", from " + DATE.format(spec.activateOn().atZone(spec.zone()));
    }

    private static String options(ScheduleSpec spec) {
        StringBuilder words = new StringBuilder();
        if (spec.until() != null) {
            words.append(", until ").append(moment(spec.until(), spec.zone()));
        }
        List<String> exceptions = Stream.of(
                        part(spec.excluded().days(), "day"),
                        part(spec.excluded().others(), "period"))
                .filter(part -> !part.isEmpty())
                .toList();
        if (!exceptions.isEmpty()) {
            words.append(", except ").append(list(exceptions));
        }
        if (spec.rule() instanceof Rule.OnClock rule && !rule.times().elapsed()) {
            words.append(clock(spec));
        }
        if (spec.jitter().isPositive()) {
            words.append(", up to ").append(amounts(spec.jitter())).append(" later");
        }
        return words.toString();
    }

    private static String clock(ScheduleSpec spec) {
        String gap = spec.inGap() == InGap.SKIP ? ", left out when the clock skips it" : "";
        return gap
                + switch (spec.inOverlap()) {
                    case FIRST -> "";
                    case SECOND -> ", the second time when the clock shows it twice";
                    case BOTH -> ", both times when the clock shows it twice";
                };
    }

    private static String adaptive(ScheduleSpec spec) {
        AdaptiveInterval adaptive = spec.adaptive();
        return adaptive == null
                ? ""
                : ", sooner after changes and later without (" + amounts(adaptive.min()) + " to "
                        + amounts(adaptive.max()) + "),";
    }

    private static String cron(String expression) {
        try {
            return sentence(CronDescriptor.instance(Locale.ENGLISH).describe(CronParsing.parse(expression))) + " ("
                    + expression + ")";
        } catch (IllegalArgumentException e) {
            // The library that knows the words does not know all that we read.
            return "As cron says: " + expression;
        }
    }

    private static String days(Rule.Monthly monthly) {
        List<String> days = new ArrayList<>();
        monthly.days().stream()
                .filter(day -> day > 0)
                .sorted()
                .map(day -> "the " + nth(day))
                .forEach(days::add);
        monthly.weekdays().stream()
                .map(weekday -> "the " + (weekday.nth() < 0 ? "last" : nth(weekday.nth())) + " " + name(weekday.day()))
                .forEach(days::add);
        monthly.days().stream()
                .filter(day -> day < 0)
                .sorted()
                .map(Words::fromEnd)
                .forEach(days::add);
        return list(days);
    }

    private static String fromEnd(int day) {
        return switch (day) {
            case -1 -> "the last day";
            case -2 -> "the day before the last";
            default -> "the " + nth(-day) + " day from the end";
        };
    }

    private static String nth(int number) {
        boolean teen = number / 10 == 1;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String interval(Duration interval) {
        String amounts = amounts(interval);
        // “every minute” rather than “every 1 minute”.
        return amounts.startsWith("1 ") && amounts.indexOf(' ', 2) < 0 ? amounts.substring(2) : amounts;
    }

    private static String amounts(Duration duration) {
        return String.join(
                " ",
                Stream.of(
                                part(duration.toDaysPart(), "day"),
                                part(duration.toHoursPart(), "hour"),
                                part(duration.toMinutesPart(), "minute"),
                                part(duration.toSecondsPart(), "second"),
                                part(duration.toMillisPart(), "millisecond"))
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + " " + unit + (amount == 1 ? "" : "s");
    }

    private static String times(List<LocalTime> at) {
        return list(at.stream().map(Words::time).toList());
    }

    private static String list(List<String> texts) {
        return texts.size() == 1
                ? texts.getFirst()
                : String.join(", ", texts.subList(0, texts.size() - 1)) + " and " + texts.getLast();
    }

    private static String moment(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        return DATE.format(local) + ", " + time(local.toLocalTime());
    }

    private static String time(LocalTime time) {
        return (time.getSecond() == 0 ? MINUTES : SECONDS).format(time);
    }

    private static String zone(ZoneId zone) {
        String id = zone.getId();
        if (id.equals("UTC") || id.equals("Z") || id.equals("Etc/UTC")) {
            return "UTC";
        }
        int slash = id.lastIndexOf('/');
        return slash < 0 ? id : id.substring(slash + 1).replace('_', ' ') + " time";
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
