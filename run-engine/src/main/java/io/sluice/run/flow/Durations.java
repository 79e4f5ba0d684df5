package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Durations of the DSL: an object of units, or ISO 8601. */
final class Durations {

    private static final List<String> UNITS = List.of("days", "hours", "minutes", "seconds", "milliseconds");

    /** Days, hours, minutes and seconds: years and months have no length, and the standard's pattern knows no signs. */
    private static final Pattern ISO =
            Pattern.compile("P(?!$)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?");

    /** A year of milliseconds, well below what a Duration can hold of days. */
    private static final long MOST_OF_A_UNIT = 366L * 24 * 3600 * 1000;

    private Durations() {}

    /** A duration of some length: none at all is a mistake where this is asked for. */
    static Duration some(JsonNode node, String pointer, Reader reader) {
        int before = reader.problems().size();
        Duration duration = read(node, pointer, reader);
        if (duration.isZero() && reader.problems().size() == before) {
            reader.complain(pointer, "a duration longer than nothing is needed here; leave the member out for none");
        }
        return duration;
    }

    static Duration read(JsonNode node, String pointer, Reader reader) {
        if (node.isTextual()) {
            if (node.textValue().contains("${")) {
                reader.complain(pointer, "a duration is a constant in the profile, such as PT30S, not an expression");
                return Duration.ZERO;
            }
            if (!ISO.matcher(node.textValue()).matches()) {
                reader.complain(
                        pointer,
                        "not an ISO 8601 duration of days, hours, minutes and seconds, such as PT30S or P1DT12H");
                return Duration.ZERO;
            }
            try {
                return positive(Duration.parse(node.textValue()), pointer, reader);
            } catch (DateTimeParseException e) {
                reader.complain(pointer, "a duration lies between nothing and a year");
                return Duration.ZERO;
            }
        }
        if (!node.isObject() || node.isEmpty()) {
            reader.complain(pointer, "a duration is needed here, such as {seconds: 30} or PT30S");
            return Duration.ZERO;
        }
        reader.onlyKnows(node, pointer, Set.copyOf(UNITS));
        Duration sum = Duration.ZERO;
        for (String unit : UNITS) {
            JsonNode amount = node.path(unit);
            if (!amount.isMissingNode() && !amount.isIntegralNumber()) {
                reader.complain(pointer + "/" + unit, "a whole number is needed here");
            }
            if (amount.asLong() < 0 || amount.asLong() > MOST_OF_A_UNIT) {
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
        if (duration.compareTo(Duration.ofDays(366)) > 0) {
            reader.complain(pointer, "a duration lies between nothing and a year");
            return Duration.ZERO;
        }
        return duration;
    }
}
