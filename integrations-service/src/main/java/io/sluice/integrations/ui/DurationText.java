package io.sluice.integrations.ui;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them, such as {@code 7 days} or {@code 1 hour 30 minutes}; ISO 8601 is read too. */
final class DurationText {

    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}\\s*[a-z]+[\\s,]*)+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");
    private static final int LONGEST = 200;
    private static final int NANOS_OF_A_MILLISECOND = 1_000_000;

    private enum Unit {
        DAY(Duration.ofDays(1), List.of("day", "days", "d")),
        HOUR(Duration.ofHours(1), List.of("hour", "hours", "h")),
        MINUTE(Duration.ofMinutes(1), List.of("minute", "minutes", "min", "m")),
        SECOND(Duration.ofSeconds(1), List.of("second", "seconds", "sec", "s")),
        MILLISECOND(Duration.ofMillis(1), List.of("millisecond", "milliseconds", "ms"));

        private final Duration length;
        private final List<String> names;

        Unit(Duration length, List<String> names) {
            this.length = length;
            this.names = names;
        }

        private String counted(long amount) {
            return amount + " " + names.get(amount == 1 ? 0 : 1);
        }

        private static Duration length(String name) {
            for (Unit unit : values()) {
                if (unit.names.contains(name)) {
                    return unit.length;
                }
            }
            throw new IllegalArgumentException(name + " is no unit of time");
        }
    }

    private DurationText() {}

    /** What {@link #read} reads back as the same. */
    static String words(Duration duration) {
        if (duration.isNegative() || duration.toNanosPart() % NANOS_OF_A_MILLISECOND != 0) {
            return duration.toString();
        }
        List<String> parts = new ArrayList<>();
        Duration left = duration;
        for (Unit unit : Unit.values()) {
            long amount = left.dividedBy(unit.length);
            if (amount > 0) {
                parts.add(unit.counted(amount));
                left = left.minus(unit.length.multipliedBy(amount));
            }
        }
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
    }

    /** @throws IllegalArgumentException when it says no time */
    static Duration read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("longer than any time is");
        }
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("p") || plain.startsWith("-p")) {
            return iso(plain);
        }
        if (!WHOLE.matcher(plain).matches()) {
            throw new IllegalArgumentException(text + " is no time");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(plain);
        while (part.find()) {
            sum = sum.plus(Unit.length(String.valueOf(part.group(2))).multipliedBy(Long.parseLong(part.group(1))));
        }
        return sum;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text + " is no time", e);
        }
    }
}
