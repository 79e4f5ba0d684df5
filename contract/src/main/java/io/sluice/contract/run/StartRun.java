package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Run now.
 *
 * @param event what the flow shall see as its event; left out, the template's sample event is used where it is started
 *     by webhook
 */
public record StartRun(
        @Schema(implementation = Object.class) @Nullable JsonNode event) {

    /** A JSON null is no event. */
    public StartRun {
        event = event == null || event.isNull() ? null : event;
    }
}
