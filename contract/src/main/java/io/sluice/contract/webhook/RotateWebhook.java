package io.sluice.contract.webhook;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new URL.
 *
 * @param overlap how long the old URL works too, at most 30 days; default none
 */
public record RotateWebhook(
        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                format = "duration",
                examples = "PT1H")
        @Nullable
        Duration overlap) {}
