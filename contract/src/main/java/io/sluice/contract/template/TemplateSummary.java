package io.sluice.contract.template;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A card of the library. */
public record TemplateSummary(
        @Schema(examples = "library/inventory-sync-webhook") String name,
        @Schema(examples = "1.0.0") String version,
        String title,
        String summary,
        List<String> categories,
        TemplateTriggers triggers) {}
