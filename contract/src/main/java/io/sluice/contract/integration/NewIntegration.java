package io.sluice.contract.integration;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration to be made from a template.
 *
 * @param template {@code namespace/name} (newest version) or {@code namespace/name:version}
 * @param configuration by the template's JSON Schema
 * @param connections the template's slots, each with the id of a connection
 */
public record NewIntegration(
        @NotBlank @Schema(examples = "library/inventory-sync-webhook")
        String template,

        @NotBlank @Size(max = 200) @Schema(examples = "Warehouse → shop")
        String name,

        @Size(max = 2000) @Nullable String description,
        @Size(max = 20) @Nullable List<@NotBlank @Size(max = 60) String> categories,
        @Schema(implementation = Object.class) @Nullable JsonNode configuration,
        @Nullable Map<String, UUID> connections) {}
