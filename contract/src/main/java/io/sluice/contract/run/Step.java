package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run in one attempt.
 *
 * @param pointer the task in the flow, RFC 6901
 * @param visit the pointer with the index of each enclosing loop and the number of the visit
 * @param status {@code succeeded}, {@code failed} or {@code skipped}
 * @param durationMs milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
        @Schema(examples = "/do/1/deliver") String pointer,
        String visit,
        @Schema(examples = "deliver") String name,
        @Schema(examples = "call") String kind,
        @Schema(examples = "succeeded") String status,
        int attempt,
        Instant startedAt,
        long durationMs,
        @Nullable HttpRequestLog request,
        @Nullable HttpResponseLog response,
        @Nullable RunError error) {}
