package io.sluice.integrations.ui;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.TriggerKind;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run as a row.
 *
 * @param path of its page
 * @param reason why it failed or what it waits for; empty when there is nothing to say
 * @param open whether it has not ended
 */
public record RunRow(
        UUID id,
        String path,
        Instant createdAt,
        StateMark mark,
        String reason,
        String startedBy,
        int attempt,
        String took,
        boolean open) {

    /** @param logs the path of the integration's logs */
    static RunRow of(RunSummary run, String logs, Instant now) {
        return new RunRow(
                run.id(),
                logs + "/" + run.id(),
                run.createdAt(),
                StateMark.of(run.status(), run.error()),
                reason(run.error(), run.waitingFor()),
                startedBy(run.trigger(), run.requestedBy()),
                run.attempt(),
                Took.between(run.startedAt(), Objects.requireNonNullElse(run.endedAt(), now)),
                !run.status().isFinal());
    }

    static RunRow of(Run run, String logs, Instant now) {
        return of(
                new RunSummary(
                        run.id(),
                        run.integrationId(),
                        run.trigger(),
                        run.status(),
                        run.attempt(),
                        run.createdAt(),
                        run.startedAt(),
                        run.endedAt(),
                        run.error(),
                        run.requestedBy(),
                        run.waitingFor()),
                logs,
                now);
    }

    private static String reason(@Nullable RunError error, @Nullable String waitingFor) {
        if (waitingFor != null) {
            return waitingFor;
        }
        return error == null ? "" : error.title();
    }

    private static String startedBy(TriggerKind trigger, @Nullable String person) {
        String words = switch (trigger) {
            case WEBHOOK -> "Webhook";
            case SCHEDULE -> "Schedule";
            case MANUAL -> "Run now";
            case REPLAY -> "Replay";
        };
        return person == null ? words : words + " · " + person;
    }
}
