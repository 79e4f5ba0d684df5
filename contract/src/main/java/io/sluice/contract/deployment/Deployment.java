package io.sluice.contract.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.integration.RunPolicy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of an integration; a deleted one is a tombstone that has nothing else.
 *
 * @param connections by slot
 * @param policy how its runs are tried again, bounded and ordered; null for the deployment's defaults
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Deployment(
        UUID integrationId,
        String tenant,
        long revision,
        boolean deleted,
        @Nullable String name,
        @Nullable FlowRef flow,
        @Schema(implementation = Object.class) @Nullable JsonNode params,
        Map<String, DeployedConnection> connections,
        @Nullable DeployedWebhook webhook,
        List<DeployedSchedule> schedules,
        @Nullable RunPolicy policy) {
    public Deployment {
        connections = connections == null ? Map.of() : Map.copyOf(connections);
        schedules = schedules == null ? List.of() : List.copyOf(schedules);
    }
}
