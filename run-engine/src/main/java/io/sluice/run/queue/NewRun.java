package io.sluice.run.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.integration.RetryPolicy;
import io.sluice.contract.run.TriggerKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run to be stored.
 *
 * @param scheduleId whose overlap policy it counts for
 * @param replay what it repeats
 */
public record NewRun(
        UUID id,
        String tenant,
        UUID integrationId,
        TriggerKind trigger,
        FlowRef flow,
        JsonNode params,
        @Nullable JsonNode event,
        @Nullable String requestedBy,
        @Nullable UUID scheduleId,
        @Nullable Replay replay,
        Terms terms) {

    /**
     * What a run repeats.
     *
     * @param keyRoot what its Idempotency-Keys begin with: its own id, or that of the run whose calls it goes on with
     */
    public record Replay(UUID of, UUID keyRoot) {}

    /**
     * What the integration says of its runs when one begins.
     *
     * @param lane what it shares with others; null when it waits for none
     * @param retry null for the deployment's
     * @param retentionDays how long it is kept once it has ended
     */
    public record Terms(@Nullable Lane lane, @Nullable RetryPolicy retry, int retentionDays) {}
}
