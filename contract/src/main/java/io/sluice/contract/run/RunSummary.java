package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as a row of a list.
 *
 * @param waitingFor for people: what a queued run waits for, such as an open circuit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
        UUID id,
        UUID integrationId,
        TriggerKind trigger,
        RunStatus status,
        int attempt,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable RunError error,
        @Nullable String requestedBy,
        @Nullable String waitingFor) {}
