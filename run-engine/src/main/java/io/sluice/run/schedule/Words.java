package io.sluice.run.schedule;

import com.cronutils.descriptor.CronDescriptor;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules in plain English. */
public final class Words {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private Words() {}

    /** The rule in a sentence without a full stop: “Every 7 minutes from 24 Nov 2026, 05:55, Sydney time”. */
    public static String of(ScheduleSpec spec) {
        ZonedDateTime start = spec.activateOn().atZone(spec.zone());
        return switch (spec.rule()) {
            case Rule.Every(var interval) ->
                "Every " + interval(interval) + " from " + DATE.format(start) + ", " + time(start.toLocalTime()) + ", "
                        + zone(spec.zone());
            case Rule.Daily(var at) ->
                "Daily at " + times(at) + ", " + zone(spec.zone()) + ", from " + DATE.format(start);
            case Rule.CronRule cron ->
                sentence(CronDescriptor.instance(Locale.ENGLISH).describe(cron.parsed())) + " (" + cron.expression()
                        + "), " + zone(spec.zone()) + ", from " + DATE.format(start);
        };
    }

    private static String interval(Duration interval) {
        List<String> parts = java.util.stream.Stream.of(
                        part(interval.toDaysPart(), "day"),
                        part(interval.toHoursPart(), "hour"),
                        part(interval.toMinutesPart(), "minute"),
                        part(interval.toSecondsPart(), "second"),
                        part(interval.toMillisPart(), "millisecond"))
                .filter(part -> !part.isEmpty())
                .toList();
        String joined = String.join(" ", parts);
        // “every minute” rather than “every 1 minute”.
        return parts.size() == 1 && joined.startsWith("1 ") ? joined.substring(2) : joined;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + " " + unit + (amount == 1 ? "" : "s");
    }

    private static String times(List<LocalTime> at) {
        List<String> texts = at.stream().map(Words::time).toList();
        return texts.size() == 1
                ? texts.getFirst()
                : texts.subList(0, texts.size() - 1).stream().collect(Collectors.joining(", ")) + " and "
                        + texts.getLast();
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
