package io.sluice.integrations.schedule;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.Firing;
import io.sluice.contract.schedule.FiringOutcome;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.Schedule;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.contract.schedule.StartBackfill;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the instants of schedules. The scheduler has it; here is only looked whether the integration and the
 * schedule are the caller's.
 */
@Singleton
public class Firings {

    private static final List<String> OUTCOMES =
            Arrays.stream(FiringOutcome.values()).map(FiringOutcome::wireName).toList();

    private final ScheduleService schedules;
    private final RunOwners owners;

    Firings(ScheduleService schedules, RunOwners owners) {
        this.schedules = schedules;
        this.owners = owners;
    }

    /**
     * Which firings are asked for.
     *
     * @throws ProblemException when the outcome or a time is none
     */
    public record Wanted(
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            int limit) {
        public Wanted {
            outcome = blank(outcome) ? null : outcome;
            if (outcome != null && !OUTCOMES.contains(outcome)) {
                throw ProblemException.field("?outcome", "one of " + String.join(", ", OUTCOMES));
            }
            from = text(moment("?from", from));
            to = text(moment("?to", to));
        }
    }

    /** @throws ProblemException 404 when there is no such schedule, 503 when the scheduler is away; so each of these */
    public Page<Firing> list(Caller caller, UUID integrationId, UUID scheduleId, Wanted wanted) {
        schedules.get(caller.tenant(), integrationId, scheduleId);
        return owners.askOfSchedules(api -> api.firings(
                scheduleId,
                caller.tenant(),
                wanted.outcome(),
                wanted.from(),
                wanted.to(),
                wanted.cursor(),
                wanted.limit()));
    }

    public ScheduleState state(Caller caller, UUID integrationId, UUID scheduleId) {
        schedules.get(caller.tenant(), integrationId, scheduleId);
        return owners.askOfSchedules(api -> api.state(scheduleId, caller.tenant()));
    }

    public Backfill backfill(Caller caller, UUID integrationId, UUID scheduleId, StartBackfill wanted) {
        schedules.get(caller.tenant(), integrationId, scheduleId);
        if (wanted.to().isBefore(wanted.from())) {
            throw ProblemException.field("/to", "not before from");
        }
        return owners.askOfSchedules(api -> api.startBackfill(scheduleId, caller.tenant(), caller.name(), wanted));
    }

    public Page<Backfill> backfills(Caller caller, UUID integrationId, UUID scheduleId) {
        schedules.get(caller.tenant(), integrationId, scheduleId);
        return owners.askOfSchedules(api -> api.backfills(scheduleId, caller.tenant()));
    }

    public void stopBackfill(Caller caller, UUID integrationId, UUID scheduleId, UUID backfillId) {
        schedules.get(caller.tenant(), integrationId, scheduleId);
        owners.askOfSchedules(api -> {
            api.stopBackfill(scheduleId, backfillId, caller.tenant(), caller.name());
            return backfillId;
        });
    }

    /**
     * The scheduler hears of it first: an automatic pause ends there, and how to catch up must be known before the
     * deployment brings the schedule back.
     *
     * @throws ProblemException also when it was changed meanwhile
     */
    public Schedule resume(
            Caller caller, UUID integrationId, UUID scheduleId, OptionalLong expected, ResumeSchedule resume) {
        schedules.checkResumable(caller, integrationId, scheduleId, expected, resume);
        owners.askOfSchedules(api -> {
            api.resume(scheduleId, caller.tenant(), caller.name(), resume);
            return scheduleId;
        });
        return schedules.switched(caller, integrationId, scheduleId, expected, true, null);
    }

    /** @throws ProblemException when it is no moment */
    static @Nullable Instant moment(String parameter, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ProblemException.field(parameter, "a moment with an offset, such as 2026-11-24T05:55:00Z");
        }
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
