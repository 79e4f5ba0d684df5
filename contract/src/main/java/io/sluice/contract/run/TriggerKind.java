package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What started a run. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"webhook", "schedule", "manual", "replay"})
public enum TriggerKind {
    WEBHOOK,
    SCHEDULE,
    MANUAL,
    REPLAY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static TriggerKind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** JAX-RS reads query parameters by this name. */
    public static TriggerKind fromString(String wireName) {
        return of(wireName);
    }
}
