package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a sender gets for an accepted call. The call is stored before any answer.
 *
 * @param mode when and with what
 * @param status {@code fixed}: 200 to 299, default 200
 * @param headers {@code fixed}: headers of the answer
 * @param body {@code fixed}: its body
 * @param deadline {@code wait}: how long the answer waits for the run, at most 60 s; default what the sender's scheme
 *     leaves. When it passes the answer is 202 with a URL that tells how the run goes
 * @param response {@code wait}: JSONata over {@code {run: {id, status, error}, output, event}}; an object with
 *     {@code status}, {@code headers} and {@code body} is the answer, anything else its body. Default: the output
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookAnswer(
        @NotNull Mode mode,
        @Nullable Integer status,
        @Nullable Map<String, String> headers,
        @Nullable String body,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT5S") @Nullable
        Duration deadline,

        @Nullable String response) {

    /** When and with what a call is answered. */
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"at-once", "fixed", "wait"})
    public enum Mode {
        /** 202 with the run's id. */
        AT_ONCE("at-once"),
        FIXED("fixed"),
        /** What the run makes of it. */
        WAIT("wait");

        private final String wireName;

        Mode(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        public String wireName() {
            return wireName;
        }

        /** Reads the wire's name; an unknown one is refused with the list of the known. */
        @JsonCreator
        public static Mode of(String wireName) {
            return Arrays.stream(values())
                    .filter(mode -> mode.wireName.equals(wireName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown; use one of "
                            + Arrays.stream(values()).map(Mode::wireName).collect(Collectors.joining(", "))));
        }
    }
}
