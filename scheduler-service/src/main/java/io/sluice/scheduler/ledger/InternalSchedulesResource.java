package io.sluice.scheduler.ledger;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.Firing;
import io.sluice.contract.schedule.FiringOutcome;
import io.sluice.contract.schedule.InternalSchedulesApi;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.contract.schedule.StartBackfill;
import io.sluice.scheduler.dispatch.Backfills;
import io.sluice.scheduler.schedule.Schedules;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells integrations-service of schedules' instants, and does about them what it asks for. */
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalSchedulesResource implements InternalSchedulesApi {

    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;

    private final FiringReads firings;
    private final Schedules schedules;
    private final Backfills backfills;

    InternalSchedulesResource(FiringReads firings, Schedules schedules, Backfills backfills) {
        this.firings = firings;
        this.schedules = schedules;
        this.backfills = backfills;
    }

    @Override
    public Page<Firing> firings(
            UUID scheduleId,
            String tenant,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            int limit) {
        return firings.list(
                tenant,
                scheduleId,
                new FiringReads.Wanted(
                        outcome(outcome),
                        moment("?from", from),
                        moment("?to", to),
                        cursor,
                        Math.clamp(limit == 0 ? PAGE : limit, 1, LARGEST_PAGE)));
    }

    @Override
    public ScheduleState state(UUID scheduleId, String tenant) {
        return schedules.state(tenant, scheduleId);
    }

    @Override
    public void resume(UUID scheduleId, String tenant, String requestedBy, ResumeSchedule request) {
        schedules.resume(tenant, scheduleId, request);
    }

    @Override
    public Backfill startBackfill(UUID scheduleId, String tenant, String requestedBy, StartBackfill request) {
        return backfills.begin(tenant, scheduleId, request, requestedBy);
    }

    @Override
    public Page<Backfill> backfills(UUID scheduleId, String tenant) {
        return new Page<>(backfills.list(tenant, scheduleId), null);
    }

    @Override
    public void stopBackfill(UUID scheduleId, UUID backfillId, String tenant, String requestedBy) {
        backfills.stop(tenant, scheduleId, backfillId);
    }

    private static @Nullable String outcome(@Nullable String outcome) {
        if (outcome == null) {
            return null;
        }
        try {
            return FiringOutcome.of(outcome).wireName();
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?outcome", "one of ran, skipped, missed, failed, pending");
        }
    }

    private static @Nullable Instant moment(String parameter, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.field(parameter, "a moment such as 2026-11-24T05:55:00Z");
        }
    }
}
