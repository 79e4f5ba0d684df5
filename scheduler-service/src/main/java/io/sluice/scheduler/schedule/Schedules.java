package io.sluice.scheduler.schedule;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.run.schedule.CatchUpPolicy;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Single schedules: what is asked of them and done to them from outside. */
@Singleton
public class Schedules {

    private static final String STATE = """
            select d.nominal_at, d.next_fire_at, s.paused_at, s.pause_reason, s.stopped_at, s.pace_ms,
                   (select count(*) from waiting_firing w where w.schedule_id = s.id) as waiting
              from schedule s left join due d on d.schedule_id = s.id
             where s.id = :id and s.tenant = :tenant
            """;

    private final Jdbi jdbi;
    private final Alarm alarm;

    Schedules(Jdbi jdbi, Alarm alarm) {
        this.jdbi = jdbi;
        this.alarm = alarm;
    }

    /** By the database's clock. */
    public Instant now() {
        return jdbi.withHandle(ScheduleRows::now);
    }

    /** @throws ProblemException when there is no such schedule */
    public ScheduleSettings settings(String tenant, UUID id) {
        return jdbi.withHandle(handle -> ScheduleRows.settingsOf(handle, tenant, id))
                .orElseThrow(Schedules::none);
    }

    /** @throws ProblemException when there is no such schedule */
    public ScheduleState state(String tenant, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(STATE)
                        .bind("id", id)
                        .bind("tenant", tenant)
                        .map((row, context) -> new ScheduleState(
                                instant(row.getTimestamp("nominal_at")),
                                instant(row.getTimestamp("next_fire_at")),
                                instant(row.getTimestamp("paused_at")),
                                row.getString("pause_reason"),
                                instant(row.getTimestamp("stopped_at")),
                                Optional.ofNullable(row.getObject("pace_ms", Long.class))
                                        .map(Duration::ofMillis)
                                        .orElse(null),
                                row.getLong("waiting")))
                        .findOne())
                .orElseThrow(Schedules::none);
    }

    /**
     * Ends a pause of our own, and keeps how the pause is caught up with: for now, or for when the deployment comes that
     * has the schedule enabled.
     *
     * @throws ProblemException when there is no such schedule, or no such policy
     */
    public void resume(String tenant, UUID id, ResumeSchedule request) {
        String catchUp = request.catchUp();
        if (catchUp != null && !CatchUpPolicy.WORDS.contains(catchUp)) {
            throw ProblemException.field("/catchUp", "one of " + String.join(", ", CatchUpPolicy.WORDS));
        }
        jdbi.useTransaction(handle -> {
            ScheduleRows.State state = ScheduleRows.lock(handle, id);
            ScheduleSettings settings =
                    ScheduleRows.settingsOf(handle, tenant, id).orElseThrow(Schedules::none);
            Instant at = state.stoppedAt();
            if (at == null) {
                // It goes on as it is: there is no pause to catch up with.
                return;
            }
            handle.createUpdate("update schedule set resume_catch_up = :catchUp where id = :id and tenant = :tenant")
                    .bind("catchUp", catchUp)
                    .bind("id", id)
                    .bind("tenant", tenant)
                    .execute();
            if (Boolean.FALSE.equals(settings.enabled())) {
                // Where it stopped stays known until the deployment comes that has it enabled.
                ScheduleRows.forgive(handle, id);
            } else if (state.paused()) {
                ScheduleRows.goOn(handle, id, true);
                ScheduleRows.plan(handle, Clockwork.of(id, settings, at), at);
            }
            handle.execute("notify " + ScheduleSink.CHANNEL);
        });
        alarm.ring();
    }

    private static ProblemException none() {
        return new ProblemException(
                ProblemType.NOT_FOUND, "There is no such schedule here, or it is not in force here yet.");
    }

    private static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }
}
