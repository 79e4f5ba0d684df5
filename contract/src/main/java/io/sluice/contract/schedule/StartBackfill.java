package io.sluice.contract.schedule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs for a schedule's instants of a past range, oldest first.
 *
 * @param from inclusive
 * @param to inclusive, not in the future
 * @param dryRun whether to say only what would be started
 * @param perMinute how many are started a minute; default 60
 */
public record StartBackfill(
        @NotNull Instant from,
        @NotNull Instant to,
        boolean dryRun,

        @Min(1) @Max(60000) @Schema(examples = "60") @Nullable
        Integer perMinute) {}
