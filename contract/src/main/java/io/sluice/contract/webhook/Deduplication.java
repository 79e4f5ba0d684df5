package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What makes two calls the same event. The second one starts nothing and gets the first one's answer.
 *
 * @param by what is compared
 * @param name {@code header}: its name; {@code pointer}: the JSON pointer to the id in the body
 * @param window how long a repetition is known; default 7 days, 1 minute to 90 days
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deduplication(
        @NotNull Key by,
        @Nullable String name,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "P7D") @Nullable
        Duration window) {

    /** What is compared. */
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"sender", "header", "pointer", "body", "none"})
    public enum Key {
        /** The event's id as the sender's scheme has it, or a CloudEvent's source and id. */
        SENDER("sender"),
        HEADER("header"),
        POINTER("pointer"),
        /** The body's SHA-256: honest repetitions are lost too. */
        BODY("body"),
        /** Nothing: each call is an event of its own. */
        NONE("none");

        private final String wireName;

        Key(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        public String wireName() {
            return wireName;
        }

        /** Reads the wire's name; an unknown one is refused with the list of the known. */
        @JsonCreator
        public static Key of(String wireName) {
            return Arrays.stream(values())
                    .filter(key -> key.wireName.equals(wireName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown; use one of "
                            + Arrays.stream(values()).map(Key::wireName).collect(Collectors.joining(", "))));
        }
    }
}
