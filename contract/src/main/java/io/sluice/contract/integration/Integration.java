package io.sluice.contract.integration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.LastRun;
import io.sluice.contract.template.TemplateTriggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration.
 *
 * @param template with its version
 * @param triggers how the template can be started
 * @param status {@code active} when a trigger is on, {@code failing} when moreover the last run failed, else
 *     {@code off}
 * @param schedules the rules of the enabled schedules in words
 * @param revision what the ETag says
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Integration(
        UUID id,

        @Schema(examples = "library/inventory-sync-webhook:1.0.0")
        String template,

        String templateTitle,
        String name,
        String description,
        List<String> categories,
        @Schema(implementation = Object.class) JsonNode configuration,
        Map<String, UUID> connections,
        TemplateTriggers triggers,
        @Schema(examples = "active") String status,
        boolean webhookEnabled,
        List<String> schedules,
        @Nullable LastRun lastRun,
        long revision,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy) {}
