package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Durations of the DSL: an object of units, or ISO 8601. */
final class Durations {

    private static final Set<String> UNITS = Set.of("days", "hours", "minutes", "seconds", "milliseconds");

    /** A year of milliseconds, well below what a Duration can hold of days. */
    private static final long MOST_OF_A_UNIT = 366L * 24 * 3600 * 1000;

    private Durations() {}

    static Duration read(JsonNode node, String pointer, Reader reader) {
        if (node.isTextual()) {
            try {
                return positive(Duration.parse(node.textValue()), pointer, reader);
            } catch (DateTimeParseException e) {
                reader.complain(pointer, "not an ISO 8601 duration, such as PT30S");
                return Duration.ZERO;
            }
        }
        if (!node.isObject() || node.isEmpty()) {
            reader.complain(pointer, "a duration is needed here, such as {seconds: 30} or PT30S");
            return Duration.ZERO;
        }
        reader.onlyKnows(node, pointer, UNITS);
        Duration sum = Duration.ZERO;
        for (String unit : UNITS) {
            JsonNode amount = node.path(unit);
            if (!amount.isMissingNode() && !amount.isIntegralNumber()) {
                reader.complain(pointer + "/" + unit, "a whole number is needed here");
            }
            if (Math.abs(amount.asLong()) > MOST_OF_A_UNIT) {
                reader.complain(pointer + "/" + unit, "a duration lies between nothing and a year");
            } else {
                sum = sum.plus(inUnit(unit, amount.asLong()));
            }
        }
        return positive(sum, pointer, reader);
    }

    private static Duration inUnit(String unit, long amount) {
        return switch (unit) {
            case "days" -> Duration.ofDays(amount);
            case "hours" -> Duration.ofHours(amount);
            case "minutes" -> Duration.ofMinutes(amount);
            case "seconds" -> Duration.ofSeconds(amount);
            default -> Duration.ofMillis(amount);
        };
    }

    private static Duration positive(Duration duration, String pointer, Reader reader) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(366)) > 0) {
            reader.complain(pointer, "a duration lies between nothing and a year");
            return Duration.ZERO;
        }
        return duration;
    }
}
