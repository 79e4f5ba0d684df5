package io.sluice.scheduler.dispatch;

import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Due instants and what became of them. */
@Singleton
public class DueStore {

    private static final String CLAIM = """
            select d.schedule_id, d.next_fire_at, s.settings, p.document, p.problem, clock_timestamp() as now,
                   exists (select 1 from open_run q where q.schedule_id = d.schedule_id) as busy
              from due d
              join schedule s on s.id = d.schedule_id
              join deployment p on p.integration_id = s.integration_id and not p.deleted
             where d.next_fire_at <= now()
             order by d.next_fire_at
             limit :batch
               for update of d skip locked
               for share of s skip locked
            """;

    private static final String OUTCOME = """
            insert into firing (schedule_id, nominal_at, outcome, reason, run_id, fired_at)
            values (:id, :nominalAt, :outcome, :reason, :runId::uuid, now())
            on conflict (schedule_id, nominal_at) do nothing
            """;

    List<DueSchedule> claim(Handle handle, int batch) {
        return handle.createQuery(CLAIM)
                .bind("batch", batch)
                .map((row, context) -> new DueSchedule(
                        row.getObject("schedule_id", UUID.class),
                        row.getTimestamp("next_fire_at").toInstant(),
                        row.getString("settings"),
                        row.getString("document"),
                        row.getString("problem"),
                        row.getBoolean("busy"),
                        row.getTimestamp("now").toInstant()))
                .list();
    }

    /** @return false when the instant has an outcome already, which stays */
    boolean outcome(
            Handle handle,
            DueSchedule schedule,
            Instant nominalAt,
            String outcome,
            @Nullable String reason,
            @Nullable UUID runId) {
        return handle.createUpdate(OUTCOME)
                        .bind("id", schedule.id())
                        .bind("nominalAt", Timestamp.from(nominalAt))
                        .bind("outcome", outcome)
                        .bind("reason", reason)
                        .bind("runId", runId)
                        .execute()
                == 1;
    }

    /** Sets the next instant; none ends the schedule. */
    void move(Handle handle, UUID scheduleId, @Nullable Instant next) {
        if (next == null) {
            handle.createUpdate("delete from due where schedule_id = :id")
                    .bind("id", scheduleId)
                    .execute();
        } else {
            handle.createUpdate("update due set next_fire_at = :next where schedule_id = :id")
                    .bind("id", scheduleId)
                    .bind("next", Timestamp.from(next))
                    .execute();
        }
    }
}
