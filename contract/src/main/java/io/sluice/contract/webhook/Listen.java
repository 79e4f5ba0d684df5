package io.sluice.contract.webhook;

import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Wait for the next call.
 *
 * @param duration how long; default 5 minutes, 1 s to 1 hour
 */
public record Listen(
        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT5M") @Nullable
        Duration duration) {}
