package io.sluice.contract.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON value in a person's words: never with the names of our classes. */
final class JsonComplaint {

    private JsonComplaint() {}

    static String of(JsonProcessingException thrown) {
        return switch (thrown) {
            case UnrecognizedPropertyException unknown ->
                "there is no such field; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(Objects::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case InvalidFormatException format ->
                "“" + format.getValue() + "” is not " + expected(format.getTargetType());
            case ValueInstantiationException value
            when value.getCause() instanceof IllegalArgumentException cause -> String.valueOf(cause.getMessage());
            case MismatchedInputException mismatch -> "expected " + expected(mismatch.getTargetType());
            default -> "cannot be read";
        };
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type of value";
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text";
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "boolean", "Boolean" -> "true or false";
            case "UUID" -> "an id (UUID)";
            case "Duration" -> "a duration (ISO 8601, such as PT5M)";
            case "Instant" -> "an instant (ISO 8601, such as 2026-11-24T05:55:00Z)";
            case "List", "ArrayList" -> "a list";
            default -> "another type of value";
        };
    }
}
