package io.sluice.run.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads moments as people write them: local in the schedule's zone, or with an offset. */
record Moments(ZoneId zone, FieldProblems problems) {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(T.*)?");
    private static final String EXAMPLES = "a date and time such as 2026-11-24T05:55 or 2026-11-24T05:55:00+11:00";

    /**
     * A moment.
     *
     * @param local absent when it was given with an offset
     */
    record Moment(Instant at, @Nullable LocalDateTime local) {}

    /**
     * Reads a moment to the millisecond: what is finer would be another instant in the database than here.
     *
     * @return null when it cannot be read, which is said then
     */
    @Nullable
    Moment read(String pointer, String text) {
        Moment moment = parsed(pointer, text);
        if (moment != null && (moment.at().isBefore(EARLIEST) || moment.at().isAfter(LATEST))) {
            problems.add(pointer, "a moment between the years 2000 and 2200");
            return null;
        }
        return moment;
    }

    /** When a day begins; the clock may skip midnight. */
    Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The instants that a local time means, one or two; of one in a gap, the moved one. */
    List<Instant> instants(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? List.of(local.atZone(zone).toInstant())
                : offsets.stream().map(local::toInstant).toList();
    }

    /** @return null when it cannot be read, which is said then */
    @Nullable
    LocalDateTime localTime(String pointer, String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            problems.add(pointer, wrong(text, "a date such as 2026-12-24, or a local time such as 2026-12-24T18:00"));
            return null;
        }
    }

    private @Nullable Moment parsed(String pointer, String text) {
        try {
            return new Moment(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS), null);
        } catch (DateTimeParseException e) {
            return local(pointer, text);
        }
    }

    private @Nullable Moment local(String pointer, String text) {
        try {
            LocalDateTime local = LocalDateTime.parse(text).truncatedTo(ChronoUnit.MILLIS);
            return new Moment(local.atZone(zone).toInstant(), local);
        } catch (DateTimeException e) {
            problems.add(pointer, wrong(text, EXAMPLES));
            return null;
        }
    }

    /** A date that does not exist is the likeliest mistake of one that is written well. */
    private static String wrong(String text, String examples) {
        Matcher date = DATE.matcher(text);
        if (date.matches()) {
            int month = Integer.parseInt(date.group(2));
            int day = Integer.parseInt(date.group(3));
            if (month >= 1 && month <= 12) {
                YearMonth ofYear = YearMonth.of(Integer.parseInt(date.group(1)), month);
                if (day < 1 || day > ofYear.lengthOfMonth()) {
                    return ofYear.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + ofYear.getYear()
                            + " has " + ofYear.lengthOfMonth() + " days; give " + examples;
                }
            }
        }
        return "“" + text + "” cannot be read; give " + examples;
    }
}
