package io.sluice.contract.schedule;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Lets a paused schedule go on.
 *
 * @param catchUp {@code none}, {@code last} or {@code all}: what becomes of the pause's instants, this once; default is
 *     what the schedule says
 */
public record ResumeSchedule(
        @Schema(examples = "none") @Nullable String catchUp) {}
