package io.sluice.contract.connection;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A connection as it can be read.
 *
 * @param secretsSet the names of the secrets that are set
 * @param usedBy the integrations that use it
 */
public record Connection(
        UUID id,
        String name,
        ConnectionKind kind,
        Map<String, String> settings,
        List<String> secretsSet,
        List<UUID> usedBy,
        Instant createdAt,
        Instant updatedAt) {}
