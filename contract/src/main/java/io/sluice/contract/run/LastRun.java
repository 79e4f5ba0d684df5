package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The newest run of an integration, as lists show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LastRun(
        UUID runId,
        TriggerKind trigger,
        RunStatus status,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String error) {}
