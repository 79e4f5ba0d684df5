package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Run now.
 *
 * @param event what the flow shall see as its event; left out, the template's sample event is used where it is started
 *     by webhook
 * @param options what the template offers to be chosen for one run, after its {@code runOptions}; the flow sees them as
 *     its event's {@code options}
 */
public record StartRun(
        @Schema(implementation = Object.class) @Nullable JsonNode event,
        @Schema(implementation = Object.class) @Nullable JsonNode options) {

    /** Without options. */
    public StartRun(@Nullable JsonNode event) {
        this(event, null);
    }

    /** A JSON null is nothing. */
    @JsonCreator
    public StartRun {
        event = event == null || event.isNull() ? null : event;
        options = options == null || options.isNull() ? null : options;
    }
}
