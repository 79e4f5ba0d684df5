package io.sluice.contract.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as it can be read.
 *
 * @param secretsSet the names of the secrets that are set
 * @param limits of calls, where the connection has its own
 * @param usedBy the integrations that use it
 */
public record Connection(
        UUID id,
        String name,
        ConnectionKind kind,
        Map<String, String> settings,
        List<String> secretsSet,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallLimits limits,
        List<UUID> usedBy,
        Instant createdAt,
        Instant updatedAt) {}
