package io.sluice.contract.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a tried flow ended, and each of its steps. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TryResult(
        RunStatus status,
        @Schema(implementation = Object.class) @Nullable JsonNode output,
        @Nullable RunError error,
        List<Step> steps) {}
