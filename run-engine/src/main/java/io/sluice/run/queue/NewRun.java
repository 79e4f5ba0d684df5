package io.sluice.run.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.run.TriggerKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run to be stored.
 *
 * @param scheduleId whose overlap policy it counts for
 * @param serial whether it waits for earlier runs of its integration
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
        @Nullable UUID replayOf,
        @Nullable UUID scheduleId,
        boolean serial) {}
