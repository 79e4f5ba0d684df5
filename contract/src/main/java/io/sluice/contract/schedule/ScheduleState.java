package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule is doing now, as the scheduler knows it.
 *
 * @param nextAt the next instant by the rule; absent when none is planned
 * @param dueAt the same with its jitter
 * @param pausedAt when the scheduler paused it by itself; absent when it did not
 * @param pauseReason why
 * @param stoppedAt the instant at which a pause began, whoever asked for it: where it is caught up from
 * @param interval where an adaptive interval stands
 * @param waiting instants whose run waits for its turn
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleState(
        @Nullable Instant nextAt,
        @Nullable Instant dueAt,
        @Nullable Instant pausedAt,

        @Schema(examples = "Its last 3 runs failed.") @Nullable
        String pauseReason,

        @Nullable Instant stoppedAt,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT10M") @Nullable
        Duration interval,

        long waiting) {}
