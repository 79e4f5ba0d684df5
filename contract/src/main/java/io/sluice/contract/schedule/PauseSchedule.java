package io.sluice.contract.schedule;

import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Pauses a schedule.
 *
 * @param note why, for whoever finds it paused
 */
public record PauseSchedule(
        @Size(max = 500) @Schema(examples = "The warehouse moves until Monday") @Nullable
        String note) {}
