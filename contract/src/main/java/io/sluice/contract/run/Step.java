package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run in one attempt.
 *
 * @param seq grows within a run; pass the last one to go on from it
 * @param pointer the task in the flow, RFC 6901
 * @param visit the pointer with the index of each enclosing loop and the number of the visit
 * @param status {@code succeeded}, {@code failed} or {@code skipped}
 * @param durationMs milliseconds
 * @param reused true when the run that this one resumes did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Step(
        long seq,
        @Schema(examples = "/do/1/deliver") String pointer,
        String visit,
        @Schema(examples = "deliver") String name,
        @Schema(examples = "call") String kind,
        @Schema(examples = "succeeded") String status,
        int attempt,
        Instant startedAt,
        long durationMs,
        @Nullable Boolean reused,
        @Nullable HttpRequestLog request,
        @Nullable HttpResponseLog response,
        @Nullable RunError error) {}
