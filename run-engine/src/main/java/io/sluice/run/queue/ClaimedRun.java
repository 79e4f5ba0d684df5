package io.sluice.run.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.integration.RetryPolicy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that a worker holds.
 *
 * @param fence shown with every write; a later claim has a higher one
 * @param attempt 1 for the first
 * @param keyRoot what its Idempotency-Keys begin with
 * @param resumes whether there are results that it did not make itself
 * @param retry null for the deployment's
 * @param retentionDays where its log goes
 */
public record ClaimedRun(
        UUID id,
        String tenant,
        UUID integrationId,
        long fence,
        int attempt,
        String template,
        String flowDigest,
        JsonNode params,
        @Nullable JsonNode event,
        Instant startedAt,
        UUID keyRoot,
        boolean resumes,
        @Nullable RetryPolicy retry,
        int retentionDays) {

    /** Whether an earlier attempt, or the run that it resumes, may have left results. */
    public boolean hasPast() {
        // Not by the attempt: a run that was given back at shutdown does not count one.
        return fence > 1 || resumes;
    }
}
