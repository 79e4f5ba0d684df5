package io.sluice.scheduler.schedule;

import io.quarkus.scheduler.Scheduled;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleRules;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Plans schedules that are on and have no next instant though their rule has one, as replicas of an older version leave
 * them when they meet a rule that they do not know.
 */
@Singleton
class StrandedSchedules {

    private static final Logger LOG = Logger.getLogger(StrandedSchedules.class);

    private static final String FIND = """
            select s.id, s.settings from schedule s
             where s.stopped_at is null and s.paused_at is null and coalesce(s.settings ->> 'enabled', 'true') <> 'false'
               and s.settings ->> 'at' is null and s.settings ->> 'until' is null
               and not exists (select 1 from due d where d.schedule_id = s.id)
             limit 1000
            """;

    private final Jdbi jdbi;
    private final Alarm alarm;

    StrandedSchedules(Jdbi jdbi, Alarm alarm) {
        this.jdbi = jdbi;
        this.alarm = alarm;
    }

    private record Found(UUID id, ScheduleSettings settings) {}

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        List<Found> found = jdbi.withHandle(handle -> handle.createQuery(FIND)
                .map((row, context) -> new Found(
                        row.getObject("id", UUID.class), Json.parse(row.getString("settings"), ScheduleSettings.class)))
                .list());
        found.stream()
                .filter(one -> ScheduleRules.unreadable(one.settings()).isEmpty())
                .forEach(one -> jdbi.useTransaction((Handle handle) -> plan(handle, one)));
        if (!found.isEmpty()) {
            alarm.ring();
        }
    }

    private static void plan(Handle handle, Found one) {
        ScheduleRows.State state = ScheduleRows.lock(handle, one.id());
        if (state.nextAt() != null || state.stoppedAt() != null || state.paused()) {
            return;
        }
        Instant now = ScheduleRows.now(handle);
        Clockwork clockwork = Clockwork.of(one.id(), one.settings(), now);
        clockwork.after(now).map(NextInstant.Fire::at).ifPresent(at -> {
            LOG.warnf("schedule %s had no next instant; it goes on at %s", one.id(), at);
            ScheduleRows.plan(handle, clockwork, at);
        });
    }
}
