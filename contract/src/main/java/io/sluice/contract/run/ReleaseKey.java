package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Lets a parked key go on. */
public record ReleaseKey(@NotBlank String key, @NotNull Action action) {

    /** What becomes of the event that failed and of those that wait. */
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"retry", "skip", "drop"})
    public enum Action {
        /** The failed event once more, from the step that failed; the others after it. */
        RETRY,
        /** The failed event stays failed, the others go on. */
        SKIP,
        /** The failed event stays failed, the others are cancelled. */
        DROP;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Action of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
