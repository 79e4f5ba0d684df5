package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a backfill stands. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"planned", "running", "done", "stopped"})
public enum BackfillStatus {
    /** A dry run: nothing is stored, and nothing starts. */
    PLANNED,
    RUNNING,
    DONE,
    STOPPED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static BackfillStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
