package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them, such as “5 minutes”. */
final class Spans {

    private static final Pattern WORDS = Pattern.compile("(\\d{1,9})\\s*([a-z]*)");
    private static final List<Unit> UNITS = List.of(
            new Unit("day", Duration.ofDays(1)),
            new Unit("hour", Duration.ofHours(1)),
            new Unit("minute", Duration.ofMinutes(1)),
            new Unit("second", Duration.ofSeconds(1)));

    private Spans() {}

    private record Unit(String name, Duration length) {}

    /**
     * @return null of nothing
     * @throws ProblemException at that pointer, when it cannot be read
     */
    static @Nullable Duration read(String pointer, String text) {
        if (text.isBlank()) {
            return null;
        }
        Matcher words = WORDS.matcher(text.strip().toLowerCase(java.util.Locale.ROOT));
        if (!words.matches()) {
            throw unreadable(pointer);
        }
        return unit(pointer, words.group(2)).multipliedBy(Long.parseLong(words.group(1)));
    }

    private static Duration unit(String pointer, String name) {
        return UNITS.stream()
                .filter(unit -> !name.isEmpty() && (unit.name() + "s").startsWith(name))
                .findFirst()
                .map(Unit::length)
                .orElseThrow(() -> unreadable(pointer));
    }

    private static ProblemException unreadable(String pointer) {
        return ProblemException.field(pointer, "a length of time such as 30 seconds, 5 minutes, 2 hours or 1 day");
    }

    /** Empty of null. */
    static String text(@Nullable Duration length) {
        if (length == null) {
            return "";
        }
        for (Unit unit : UNITS) {
            if (length.toMillis() % unit.length().toMillis() == 0 && (!length.isZero() || unit.name().equals("second"))) {
                long count = length.toMillis() / unit.length().toMillis();
                return count + " " + unit.name() + (count == 1 ? "" : "s");
            }
        }
        return length.toString();
    }
}
