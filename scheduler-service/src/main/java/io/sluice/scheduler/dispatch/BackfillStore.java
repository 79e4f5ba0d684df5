package io.sluice.scheduler.dispatch;

import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.BackfillStatus;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Backfills: what they are to do, and where they stand. */
@Singleton
class BackfillStore {

    private static final String INSERT = """
            insert into backfill (id, schedule_id, tenant, from_at, to_at, per_minute, status, total, requested_by, created_at,
                                  next_at, ended_at)
            select :id, s.id, s.tenant, :from::timestamptz, :to::timestamptz, :perMinute,
                   case when :total = 0 then 'done' else 'running' end, :total, :by, now(), now(),
                   case when :total = 0 then now() end
              from schedule s where s.id = :schedule and s.tenant = :tenant
            on conflict (schedule_id) where status = 'running' do nothing
            returning *
            """;

    private static final String DUE = """
            select b.*, s.integration_id, s.version, p.revision, p.problem,
                   coalesce((select epoch from feed_position), '') as epoch, clock_timestamp() as now
              from backfill b
              join schedule s on s.id = b.schedule_id
              join deployment p on p.integration_id = s.integration_id and not p.deleted
             where b.status = 'running' and b.next_at <= now()
             order by b.next_at
             limit 1
               for update of b skip locked
            """;

    private static final String MOVE = """
            update backfill
               set started = started + :started, position = :position::timestamptz,
                   next_at = now() + :ms * interval '1 millisecond',
                   status = case when :over then 'done' else status end,
                   ended_at = case when :over then now() end
             where id = :id and status = 'running'
            """;

    private static final String OUTCOME = """
            insert into backfill_firing (backfill_id, nominal_at, schedule_id, outcome, reason, run_id, fired_at)
            values (:id, :nominalAt::timestamptz, :schedule, :outcome, :reason, :run::uuid, now())
            on conflict do nothing
            """;

    private static final String STOP = """
            update backfill set status = 'stopped', ended_at = now()
             where id = :id and schedule_id = :schedule and tenant = :tenant and status = 'running'
            """;

    private final Jdbi jdbi;

    BackfillStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A backfill to be made. */
    record Wanted(
            UUID id, String tenant, UUID schedule, Instant from, Instant to, int perMinute, long total, String by) {}

    /** @return empty when one of the schedule goes on already */
    Optional<Backfill> begin(Wanted wanted) {
        return jdbi.withHandle(handle -> handle.createQuery(INSERT)
                .bind("id", wanted.id())
                .bind("schedule", wanted.schedule())
                .bind("tenant", wanted.tenant())
                .bind("from", wanted.from().toString())
                .bind("to", wanted.to().toString())
                .bind("perMinute", wanted.perMinute())
                .bind("total", wanted.total())
                .bind("by", wanted.by())
                .map((row, context) -> backfill(row))
                .findOne());
    }

    /**
     * One whose next step is due, locked.
     *
     * @param schedule what is fired, as if it were due
     * @param position the instant that was fired last
     */
    record Step(
            UUID id,
            DueSchedule schedule,
            Instant from,
            Instant to,
            @Nullable Instant position,
            int perMinute) {}

    Optional<Step> due(Handle handle) {
        return handle.createQuery(DUE)
                .map((row, context) -> new Step(
                        row.getObject("id", UUID.class),
                        new DueSchedule(
                                row.getObject("schedule_id", UUID.class),
                                row.getObject("integration_id", UUID.class),
                                row.getTimestamp("from_at").toInstant(),
                                row.getTimestamp("from_at").toInstant(),
                                row.getLong("version"),
                                row.getLong("revision"),
                                row.getString("epoch"),
                                row.getString("problem"),
                                false,
                                0,
                                null,
                                null,
                                null,
                                row.getTimestamp("now").toInstant()),
                        row.getTimestamp("from_at").toInstant(),
                        row.getTimestamp("to_at").toInstant(),
                        instant(row.getTimestamp("position")),
                        row.getInt("per_minute")))
                .findOne();
    }

    /** @return false when the instant has an outcome already */
    static boolean outcome(
            Handle handle, Step step, Instant nominalAt, String outcome, @Nullable String reason, @Nullable UUID run) {
        return handle.createUpdate(OUTCOME)
                        .bind("id", step.id())
                        .bind("nominalAt", nominalAt.toString())
                        .bind("schedule", step.schedule().id())
                        .bind("outcome", outcome)
                        .bind("reason", reason)
                        .bind("run", run == null ? null : run.toString())
                        .execute()
                == 1;
    }

    static void move(Handle handle, Step step, int started, @Nullable Instant position, Duration pause, boolean over) {
        handle.createUpdate(MOVE)
                .bind("started", started)
                .bind("position", position == null ? null : position.toString())
                .bind("ms", pause.toMillis())
                .bind("over", over)
                .bind("id", step.id())
                .execute();
    }

    /** It can never go on. */
    static void giveUp(Handle handle, Step step) {
        handle.createUpdate(
                        "update backfill set status = 'stopped', ended_at = now() where id = :id and status = 'running'")
                .bind("id", step.id())
                .execute();
    }

    /** @return false when there is none that goes on */
    boolean stop(String tenant, UUID schedule, UUID id) {
        return jdbi.withHandle(handle -> handle.createUpdate(STOP)
                        .bind("id", id)
                        .bind("schedule", schedule)
                        .bind("tenant", tenant)
                        .execute())
                == 1;
    }

    Optional<Backfill> find(String tenant, UUID schedule, UUID id) {
        return list(tenant, schedule).stream()
                .filter(one -> id.equals(one.id()))
                .findFirst();
    }

    /** Newest first. */
    List<Backfill> list(String tenant, UUID schedule) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from backfill where schedule_id = :schedule and tenant = :tenant
                         order by created_at desc limit 100
                        """)
                .bind("schedule", schedule)
                .bind("tenant", tenant)
                .map((row, context) -> backfill(row))
                .list());
    }

    private static Backfill backfill(ResultSet row) throws SQLException {
        return new Backfill(
                row.getObject("id", UUID.class),
                row.getObject("schedule_id", UUID.class),
                row.getTimestamp("from_at").toInstant(),
                row.getTimestamp("to_at").toInstant(),
                row.getLong("total"),
                row.getLong("started"),
                BackfillStatus.of(row.getString("status")),
                row.getInt("per_minute"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("requested_by"),
                List.of());
    }

    private static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }
}
