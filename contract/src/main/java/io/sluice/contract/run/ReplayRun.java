package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a run as a new one.
 *
 * @param event an edited event; left out, the stored one is used
 * @param fromStep a step's {@code visit}, {@code pointer} or {@code name}: what was done before it is not done again, and
 *     with the stored event the calls keep their Idempotency-Keys; left out, the run begins anew
 */
public record ReplayRun(
        @Schema(implementation = Object.class) @Nullable JsonNode event,

        @Size(max = 1000) @Schema(examples = "/deliver") @Nullable
        String fromStep) {

    /** A JSON null is no event. */
    public ReplayRun {
        event = event == null || event.isNull() ? null : event;
        fromStep = fromStep == null || fromStep.isBlank() ? null : fromStep;
    }
}
