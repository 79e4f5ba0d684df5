package io.sluice.contract.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a system takes of us: for all runs that use the connection together, each host by itself, on each replica. A run
 * that finds no place soon waits in the queue, and the wait counts against nothing.
 *
 * @param maxConcurrent most calls at once; left out, the deployment's default
 * @param rate most calls in a time; left out, there is no such limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallLimits(
        @Min(1) @Max(256) @Schema(examples = "4") @Nullable Integer maxConcurrent,

        @Valid @Nullable CallRate rate) {}
