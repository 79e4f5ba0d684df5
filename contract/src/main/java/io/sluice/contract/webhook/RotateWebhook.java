package io.sluice.contract.webhook;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new URL.
 *
 * @param overlap how long the URL that is replaced works too, at most 30 days; default none. One of an earlier rotation stops
 */
public record RotateWebhook(
        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                format = "duration",
                examples = "PT1H")
        @Nullable
        Duration overlap) {}
