package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an integration's flow keeps between runs on one service ({@code $context}).
 *
 * @param version grows with each change; what the ETag says
 * @param history newest first, the present value among them, at most 20
 */
public record FlowState(
        long version, @Schema(implementation = Object.class) JsonNode value, List<Version> history) {

    /**
     * One of its values.
     *
     * @param runId the run that kept it
     * @param person who set it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(
            long version,
            @Schema(implementation = Object.class) JsonNode value,
            Instant changedAt,
            @Nullable UUID runId,
            @Nullable String person) {}
}
