package io.sluice.contract.integration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Runs whose events have the same key go one after the other, in the order in which they were accepted; an event that
 * fails for good parks its key until it is released.
 *
 * @param key JSONata expression over the event; where it yields nothing, the run is not ordered
 */
public record Ordering(
        @NotBlank @Size(max = 2000) @Schema(examples = "${ body.data.sku }")
        String key) {}
