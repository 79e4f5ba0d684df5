package io.sluice.contract.integration;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How an integration's runs are tried again, how many go at once, and in which order. What is left out is as the
 * deployment has it.
 *
 * @param maxConcurrent most runs at once on each trigger service; left out, only the replicas' own bounds count
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPolicy(
        @Valid @Nullable RetryPolicy retry,
        @Min(1) @Max(1000) @Schema(examples = "4") @Nullable Integer maxConcurrent,
        @Valid @Nullable Ordering ordering) {

    /** Nothing of its own. */
    public static final RunPolicy NONE = new RunPolicy(null, null, null);
}
