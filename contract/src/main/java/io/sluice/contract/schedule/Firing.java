package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of one instant of a schedule; each has exactly one outcome, and one more for each backfill.
 *
 * @param nominalAt the instant by the rule, without jitter
 * @param reason why it was skipped, missed or failed
 * @param runId the run that it started
 * @param firedAt when that was
 * @param lateMs how long after the instant and its jitter
 * @param backfillId the backfill that made up for it
 * @param until where it stands for many instants that went by: the last of them
 * @param instants how many those are; absent when they were too many to be counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Firing(
        Instant nominalAt,
        FiringOutcome outcome,
        @Schema(examples = "overlap") @Nullable String reason,
        @Nullable UUID runId,
        @Nullable Instant firedAt,
        @Nullable Long lateMs,
        @Nullable UUID backfillId,
        @Nullable Instant until,
        @Nullable Long instants) {}
