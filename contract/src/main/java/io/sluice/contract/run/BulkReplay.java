package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A replay of many runs.
 *
 * @param status {@code running}, {@code done} or {@code stopped}
 * @param runs how many there are to repeat
 * @param started how many were started
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BulkReplay(
        UUID id,
        UUID integrationId,
        @Schema(examples = "running") String status,
        ReplayFilter filter,
        boolean fromFailure,
        int perMinute,
        long runs,
        long started,
        String requestedBy,
        Instant createdAt,
        @Nullable Instant endedAt) {}
