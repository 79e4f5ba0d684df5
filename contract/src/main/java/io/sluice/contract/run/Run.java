package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run in full.
 *
 * @param notBefore when the next attempt may begin, while queued
 * @param template the template's name and version that it runs
 * @param event what started it
 * @param replayOf the run that this one repeats
 * @param waitingFor for people: what a queued run waits for, such as an open circuit
 * @param moreStepsAfter pass it as {@code after} for the steps that come after these; absent when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        UUID id,
        UUID integrationId,
        TriggerKind trigger,
        RunStatus status,
        int attempt,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Instant notBefore,
        @Nullable RunError error,
        @Nullable String requestedBy,

        @Schema(examples = "library/inventory-sync-webhook:1.0.0")
        String template,

        @Schema(implementation = Object.class) @Nullable JsonNode event,
        @Schema(implementation = Object.class) @Nullable JsonNode output,
        @Nullable UUID replayOf,
        @Nullable String waitingFor,
        @Nullable Long moreStepsAfter,
        List<Step> steps) {

    /** The same run with its steps, and where more of them begin. */
    public Run withSteps(List<Step> found, @Nullable Long more) {
        return new Run(
                id,
                integrationId,
                trigger,
                status,
                attempt,
                createdAt,
                startedAt,
                endedAt,
                notBefore,
                error,
                requestedBy,
                template,
                event,
                output,
                replayOf,
                waitingFor,
                more,
                found);
    }
}
