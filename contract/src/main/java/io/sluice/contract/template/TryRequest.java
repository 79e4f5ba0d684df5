package io.sluice.contract.template;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Runs a flow on a sample event without calling anybody.
 *
 * @param answers what each call would answer, by the name of the task or its JSON pointer; a call without one gets 200
 *     and an empty object
 */
public record TryRequest(
        @NotNull @Schema(implementation = Object.class) JsonNode document,
        @Schema(implementation = Object.class) @Nullable JsonNode params,
        @Schema(implementation = Object.class) @Nullable JsonNode event,
        @Nullable Map<String, RecordedAnswer> answers) {

    /** An answer instead of a real call. */
    public record RecordedAnswer(
            @Schema(examples = "200") int status,
            @Nullable Map<String, String> headers,
            @Schema(implementation = Object.class) @Nullable JsonNode body) {}
}
