package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a run as a new one, from its start.
 *
 * @param event an edited event; left out, the stored one is used
 */
public record ReplayRun(
        @Schema(implementation = Object.class) @Nullable JsonNode event) {

    /** A JSON null is no event. */
    public ReplayRun {
        event = event == null || event.isNull() ? null : event;
    }
}
