package io.sluice.contract.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A template in full.
 *
 * @param parameters JSON Schema (2020-12) of an integration's configuration
 * @param howTo Markdown
 * @param sampleEvent an event as the usual sender would send it
 * @param runOptions JSON Schema of what can be chosen for one run; absent when there is nothing
 * @param document the flow itself
 * @param versions all versions, newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateDetail(
        @Schema(examples = "library/inventory-sync-webhook") String name,
        @Schema(examples = "1.0.0") String version,
        String title,
        String summary,
        List<String> categories,
        TemplateTriggers triggers,
        @Schema(implementation = Object.class) JsonNode parameters,
        List<ConnectionSlot> connections,
        String howTo,
        @Schema(implementation = Object.class) @Nullable JsonNode sampleEvent,
        @Schema(implementation = Object.class) @Nullable JsonNode runOptions,
        @Schema(implementation = Object.class) JsonNode document,
        List<String> versions) {}
