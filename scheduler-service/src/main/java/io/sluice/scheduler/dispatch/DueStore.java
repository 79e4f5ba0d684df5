package io.sluice.scheduler.dispatch;

import io.sluice.scheduler.schedule.ScheduleRows;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Due instants and those that wait. */
@Singleton
class DueStore {

    // The few due rows first, whatever the planner thinks of the rest. A row that a change has set anew between the
    // look
    // and the lock carries another version than the settings that were looked at, and is left to the next look; none
    // where a replica of the version before has set it.
    private static final String CLAIM = """
            with d as materialized (
                select schedule_id, next_fire_at, nominal_at, version
                  from due
                 where next_fire_at <= now() and next_fire_at >= coalesce(:floor::timestamptz, '-infinity')
                 order by next_fire_at
                 limit :batch
                   for update skip locked)
            select d.schedule_id, s.integration_id, coalesce(d.nominal_at, d.next_fire_at) as nominal_at,
                   d.next_fire_at as due_at, s.version, p.revision, p.problem, s.resumed_at, s.resume_catch_up, s.pace_ms,
                   exists (select 1 from open_run q where q.schedule_id = d.schedule_id) as busy,
                   (select count(*) from waiting_firing w
                     where w.schedule_id = d.schedule_id and w.kind = 'queued')::integer as queued,
                   coalesce((select epoch from feed_position), '') as epoch, clock_timestamp() as now
              from d
              join schedule s on s.id = d.schedule_id and d.version in (s.version, 0)
              join deployment p on p.integration_id = s.integration_id and not p.deleted
             order by d.next_fire_at
            """;

    // Of each schedule the oldest, so that they go in their order; with many of one moment it is the oldest that come
    // first.
    private static final String CLAIM_WAITING = """
            with w as materialized (
                select schedule_id, nominal_at, fire_at
                  from waiting_firing w
                 where fire_at <= now()
                   and not exists (select 1 from waiting_firing o
                                    where o.schedule_id = w.schedule_id and o.nominal_at < w.nominal_at)
                 order by fire_at, nominal_at
                 limit :batch
                   for update skip locked)
            select w.schedule_id, s.integration_id, w.nominal_at, w.fire_at as due_at, s.version, p.revision, p.problem,
                   s.resumed_at, s.resume_catch_up, s.pace_ms,
                   exists (select 1 from open_run q where q.schedule_id = w.schedule_id) as busy, 0 as queued,
                   coalesce((select epoch from feed_position), '') as epoch, clock_timestamp() as now
              from w
              join schedule s on s.id = w.schedule_id and s.paused_at is null
              join deployment p on p.integration_id = s.integration_id and not p.deleted
             order by w.fire_at
            """;

    private static final String FIRED = """
            update firing set outcome = :outcome, reason = :reason, run_id = :run::uuid, fired_at = now()
             where schedule_id = :id and nominal_at = :nominalAt::timestamptz and outcome = 'pending'
            """;

    private static final String WAITED =
            "delete from waiting_firing where schedule_id = :id and nominal_at = :nominalAt::timestamptz";

    // By the database's clock on both sides: what this replica's clock says does not matter.
    private static final String NEXT = """
            select extract(epoch from least(
                       (select next_fire_at from due
                         where next_fire_at >= coalesce(:floor::timestamptz, '-infinity')
                         order by next_fire_at limit 1),
                       (select w.fire_at from waiting_firing w join schedule s on s.id = w.schedule_id
                         where s.paused_at is null
                           and not exists (select 1 from waiting_firing o
                                            where o.schedule_id = w.schedule_id and o.nominal_at < w.nominal_at)
                         order by w.fire_at, w.nominal_at limit 1),
                       (select next_at from backfill where status = 'running' order by next_at limit 1)
                   ) - clock_timestamp()) as seconds
            """;

    // Only so many: how it fares is the question, not a number for the books.
    private static final String OVERDUE = """
            select count(*) as schedules, min(next_fire_at) as oldest
              from (select d.next_fire_at from due d
                     where d.next_fire_at < now() - :patience::interval
                     order by d.next_fire_at limit 10000) late
            """;

    private final Jdbi jdbi;

    DueStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param floor nothing before is looked at, where the index is full of what was fired; null for all */
    List<DueSchedule> claim(Handle handle, int batch, @Nullable Instant floor) {
        return plannedAnew(
                handle,
                () -> handle.createQuery(CLAIM)
                        .bind("batch", batch)
                        .bind("floor", floor == null ? null : floor.toString())
                        .map((row, context) -> due(row))
                        .list());
    }

    List<DueSchedule> claimWaiting(Handle handle, int batch) {
        return plannedAnew(
                handle,
                () -> handle.createQuery(CLAIM_WAITING)
                        .bind("batch", batch)
                        .map((row, context) -> due(row))
                        .list());
    }

    /**
     * Tables in which work waits are empty most of the time. A plan that PostgreSQL has kept since then goes through a
     * table of 30,000 rows once for each of them: 10 s where a new plan takes 3 ms.
     */
    private static <T> T plannedAnew(Handle handle, Supplier<T> query) {
        handle.execute("set local plan_cache_mode = force_custom_plan");
        T result = query.get();
        handle.execute("set local plan_cache_mode = auto");
        return result;
    }

    private static DueSchedule due(ResultSet row) throws SQLException {
        Timestamp resumed = row.getTimestamp("resumed_at");
        return new DueSchedule(
                row.getObject("schedule_id", UUID.class),
                row.getObject("integration_id", UUID.class),
                row.getTimestamp("nominal_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                row.getLong("version"),
                row.getLong("revision"),
                row.getString("epoch"),
                row.getString("problem"),
                row.getBoolean("busy"),
                row.getInt("queued"),
                resumed == null ? null : resumed.toInstant(),
                row.getString("resume_catch_up"),
                row.getObject("pace_ms", Long.class),
                row.getTimestamp("now").toInstant());
    }

    /**
     * What became of an instant that waited.
     *
     * @param run null when it started none
     */
    record Ending(
            DueSchedule one,
            String outcome,
            @Nullable String reason,
            @Nullable UUID run) {}

    /** Instants that waited have come to their end: all in two round trips, for after a downtime there are many. */
    void settle(Handle handle, List<Ending> endings) {
        if (endings.isEmpty()) {
            return;
        }
        PreparedBatch fired = handle.prepareBatch(FIRED);
        PreparedBatch over = handle.prepareBatch(WAITED);
        for (Ending ending : endings) {
            String nominalAt = ending.one().nominalAt().toString();
            fired.bind("outcome", ending.outcome())
                    .bind("reason", ending.reason())
                    .bind("run", ending.run() == null ? null : ending.run().toString())
                    .bind("id", ending.one().id())
                    .bind("nominalAt", nominalAt)
                    .add();
            over.bind("id", ending.one().id()).bind("nominalAt", nominalAt).add();
        }
        fired.execute();
        over.execute();
    }

    /** It cannot go on yet. */
    void putOff(Handle handle, DueSchedule one, Duration pause) {
        handle.createUpdate("""
                        update waiting_firing set fire_at = clock_timestamp() + :ms * interval '1 millisecond'
                         where schedule_id = :id and nominal_at = :nominalAt::timestamptz
                        """)
                .bind("ms", pause.toMillis())
                .bind("id", one.id())
                .bind("nominalAt", one.nominalAt().toString())
                .execute();
    }

    /** Stops a schedule until a person has looked at it; its instant stays where it is, for when it goes on. */
    void pause(Handle handle, DueSchedule one, String reason) {
        ScheduleRows.stop(handle, one.id(), one.nominalAt());
        ScheduleRows.pause(handle, one.id(), reason);
    }

    /** The open runs of a schedule. */
    List<Open> openRuns(Handle handle, UUID scheduleId) {
        return handle.createQuery("select id, tenant from open_run where schedule_id = :id")
                .bind("id", scheduleId)
                .map((row, context) -> new Open(row.getObject("id", UUID.class), row.getString("tenant")))
                .list();
    }

    /** A run that has not ended. */
    record Open(UUID run, String tenant) {}

    /** How long nothing will be due; negative when something is, empty when nothing is planned. */
    Optional<Duration> untilNext(@Nullable Instant floor) {
        return jdbi.inTransaction(handle -> plannedAnew(
                handle,
                () -> handle.createQuery(NEXT)
                        .bind("floor", floor == null ? null : floor.toString())
                        .map((row, context) -> {
                            double seconds = row.getDouble("seconds");
                            return row.wasNull()
                                    ? Optional.<Duration>empty()
                                    : Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1_000)));
                        })
                        .one()));
    }

    /**
     * Instants that nobody fires.
     *
     * @param schedules how many are late, at most ten thousand
     * @param oldest null when none is
     */
    record Overdue(long schedules, @Nullable Instant oldest) {}

    /** How many schedules we have paused ourselves. */
    long paused() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from schedule where paused_at is not null")
                .mapTo(Long.class)
                .one());
    }

    Overdue overdue(Duration patience) {
        return jdbi.withHandle(handle -> handle.createQuery(OVERDUE)
                .bind("patience", patience.toSeconds() + " seconds")
                .map((row, context) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Overdue(row.getLong("schedules"), oldest == null ? null : oldest.toInstant());
                })
                .one());
    }
}
