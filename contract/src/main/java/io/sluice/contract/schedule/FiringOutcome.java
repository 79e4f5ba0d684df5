package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an instant of a schedule. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"ran", "skipped", "missed", "failed", "pending"})
public enum FiringOutcome {
    /** A run was started. */
    RAN,
    /** Left out on purpose; the reason says why. */
    SKIPPED,
    /** Its time went by, and the policy does not make up for it. */
    MISSED,
    /** No run could be started. */
    FAILED,
    /** Its run waits for its turn. */
    PENDING;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static FiringOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** JAX-RS reads query parameters by this name. */
    public static FiringOutcome fromString(String wireName) {
        return of(wireName);
    }
}
