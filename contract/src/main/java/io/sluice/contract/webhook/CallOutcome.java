package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a call at a webhook URL. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"accepted", "duplicate", "filtered", "refused", "handshake", "captured"})
public enum CallOutcome {
    /** Stored; a run follows. */
    ACCEPTED,
    /** The event was there before; it got the first call's answer. */
    DUPLICATE,
    /** The endpoint's condition was not true. */
    FILTERED,
    /** Not taken; the reason says why. */
    REFUSED,
    /** A sender's question whether the URL lives. */
    HANDSHAKE,
    /** Shown to somebody who listened, instead of starting a run. */
    CAPTURED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static CallOutcome of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** JAX-RS reads query parameters by this name. */
    public static CallOutcome fromString(String wireName) {
        return of(wireName);
    }
}
