package io.sluice.run.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that a worker holds.
 *
 * @param fence shown with every write; a later claim has a higher one
 * @param attempt 1 for the first
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
        Instant startedAt) {}
