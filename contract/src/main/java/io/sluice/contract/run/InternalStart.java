package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Run now, as integrations-service passes it on.
 *
 * @param requestedBy the person's name, for the log
 */
public record InternalStart(
        @NotNull String tenant,
        @NotNull UUID integrationId,
        @Schema(implementation = Object.class) @Nullable JsonNode event,
        @NotNull String requestedBy) {

    /** A JSON null is no event. */
    public InternalStart {
        event = event == null || event.isNull() ? null : event;
    }
}
