package io.sluice.run.store;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.LastRun;
import io.sluice.contract.run.LastRunFeed;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunProgress;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.Step;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** What can be read of runs, always of one tenant. */
public final class RunReads {

    /** Both tables in one statement, so that a run that ends meanwhile is seen once. */
    private static final String LIST = """
            with floor as (
                select coalesce((select id from run_floor where tenant = :tenant),
                                '00000000-0000-0000-0000-000000000000'::uuid) as id),
            open as (
                select id, integration_id, trigger, case when worker is null then 'queued' else 'running' end as status,
                       attempt, created_at, started_at, null::timestamptz as ended_at, error, requested_by, waiting_for
                  from open_run
                 where tenant = :tenant and integration_id = :integrationId
                   and (:before::uuid is null or id < :before::uuid)),
            ended as (
                select id, integration_id, trigger, status, attempt, created_at, started_at, ended_at, error,
                       requested_by, null::text as waiting_for
                  from run
                 where tenant = :tenant and integration_id = :integrationId
                   and id >= (select id from floor)
                   and (:before::uuid is null or id < :before::uuid)
                   and (:from::timestamptz is null or id >= id_of_day((:from::timestamptz)::date - 2))
                   and (:to::timestamptz is null or id < id_of_day((:to::timestamptz)::date + 2))
                   and (:status::text is null or status = :status)
                   and (:trigger::text is null or trigger = :trigger)
                   and (:from::timestamptz is null or created_at >= :from::timestamptz)
                   and (:to::timestamptz is null or created_at < :to::timestamptz)
                 order by id desc
                 limit :limit)
            select *
              from (select * from open
                     where (:status::text is null or status = :status)
                       and (:trigger::text is null or trigger = :trigger)
                       and (:from::timestamptz is null or created_at >= :from::timestamptz)
                       and (:to::timestamptz is null or created_at < :to::timestamptz)
                    union all
                    select * from ended) found
             order by id desc
             limit :limit
            """;

    private static final String ONE = """
            select id, integration_id, trigger, case when worker is null then 'queued' else 'running' end as status,
                   attempt, created_at, started_at, null::timestamptz as ended_at, not_before, error, requested_by,
                   waiting_for, template, event, null::jsonb as output, replay_of, lane
              from open_run where id = :id and tenant = :tenant
            union all
            select id, integration_id, trigger, status, attempt, created_at, started_at, ended_at, null, error,
                   requested_by, null, template, event, output, replay_of, lane
              from run where id = :id and tenant = :tenant
               and id >= coalesce((select f.id from run_floor f where f.tenant = :tenant),
                                  '00000000-0000-0000-0000-000000000000'::uuid)
            """;

    private static final String STEPS = """
            select seq, visit, pointer, name, kind, status, attempt, started_at, duration_ms, reused, request, response,
                   error
              from run_step
             where run_id = :id and seq > :after
             order by seq
             limit :limit
            """;

    private static final String DEPTH = """
            select (select count(*) from (select 1 from open_run where worker is null limit 100000) w) as waiting,
                   (select count(*) from (select 1 from open_run
                                           where worker is null and not_before <= now() limit 100000) d) as due,
                   (select count(*) from open_run where worker is not null) as running,
                   greatest(0, coalesce(extract(epoch from now() - least(
                       (select min(not_before) from open_run where worker is null and lane is null),
                       (select min(not_before) from (select not_before from open_run
                                                      where worker is null and lane is not null limit 100000) l))),
                       0)) as oldest,
                   (select count(*) from lane where parked_by is not null) as parked
            """;

    private static final String LAST_RUNS = """
            select integration_id, tenant, run_id, trigger, status, created_at, ended_at, error,
                   changed::text::bigint as position
              from last_run
             where changed > :after::text::xid8 and changed < pg_snapshot_xmin(pg_current_snapshot())
             order by changed
             fetch first 1000 rows with ties
            """;

    /** Of one answer: each may have 128 KB of bodies. */
    private static final int MOST_STEPS = 200;

    private final Jdbi jdbi;

    public RunReads(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What a list asks for; nulls do not filter. */
    public record Filter(
            @Nullable RunStatus status,
            @Nullable TriggerKind trigger,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID before,
            int limit) {}

    /** Newest first. */
    public List<RunSummary> list(String tenant, UUID integrationId, Filter filter) {
        return jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .bind("status", filter.status() == null ? null : filter.status().wireName())
                .bind(
                        "trigger",
                        filter.trigger() == null ? null : filter.trigger().wireName())
                .bind("from", filter.from() == null ? null : filter.from().toString())
                .bind("to", filter.to() == null ? null : filter.to().toString())
                .bind("before", filter.before() == null ? null : filter.before().toString())
                .bind("limit", filter.limit())
                .map((row, context) -> summary(row))
                .list());
    }

    /** A run with the first of its steps. */
    public Optional<Run> find(String tenant, UUID runId) {
        return find(tenant, runId, 0);
    }

    /** A run with its steps after a position, as many as an answer should hold. */
    public Optional<Run> find(String tenant, UUID runId, long after) {
        // The run first: by its tenant alone its steps are seen. In one snapshot, so that both tell of one moment.
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> one(handle, tenant, runId).map(run -> {
                    List<Step> steps = steps(handle, runId, after, MOST_STEPS + 1);
                    boolean more = steps.size() > MOST_STEPS;
                    List<Step> page = more ? steps.subList(0, MOST_STEPS) : steps;
                    return run.withSteps(
                            List.copyOf(page), more ? page.getLast().seq() : null);
                }));
    }

    /** What happened to a run since a position that an earlier answer told, at most 200 steps at once. */
    public Optional<RunProgress> progress(String tenant, UUID runId, long after) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> one(handle, tenant, runId).map(run -> {
                    List<Step> steps = steps(handle, runId, after, MOST_STEPS);
                    return new RunProgress(
                            run,
                            steps,
                            steps.isEmpty() ? after : steps.getLast().seq());
                }));
    }

    private static Optional<Run> one(Handle handle, String tenant, UUID runId) {
        return handle.createQuery(ONE)
                .bind("id", runId)
                .bind("tenant", tenant)
                .map((row, context) -> run(row))
                .findOne();
    }

    private static List<Step> steps(Handle handle, UUID runId, long after, int limit) {
        return handle.createQuery(STEPS)
                .bind("id", runId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> step(row))
                .list();
    }

    /**
     * How full the queue is; counts end at 100,000, so that a backlog is not read to the last row each time.
     *
     * @param due what waits and could go
     * @param oldestDueSeconds how long the oldest of these has waited
     */
    public record QueueDepth(double waiting, double due, double running, double oldestDueSeconds, double parkedKeys) {

        /** The database is away. */
        public static final QueueDepth UNKNOWN =
                new QueueDepth(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Of all tenants: for the operators' metrics alone. */
    public QueueDepth depth() {
        return jdbi.withHandle(handle -> handle.createQuery(DEPTH)
                .map((row, context) -> new QueueDepth(
                        row.getDouble("waiting"),
                        row.getDouble("due"),
                        row.getDouble("running"),
                        row.getDouble("oldest"),
                        row.getDouble("parked")))
                .one());
    }

    /** Newest runs that changed after a position, of transactions that are over. */
    public LastRunFeed lastRuns(long after) {
        return jdbi.withHandle(handle -> {
            long[] position = {after};
            List<LastRunFeed.Entry> entries = handle.createQuery(LAST_RUNS)
                    .bind("after", after)
                    .map((row, context) -> {
                        position[0] = Math.max(position[0], row.getLong("position"));
                        return lastRun(row);
                    })
                    .list();
            return new LastRunFeed(entries, position[0]);
        });
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getObject("id", UUID.class),
                row.getObject("integration_id", UUID.class),
                TriggerKind.of(row.getString("trigger")),
                RunStatus.of(row.getString("status")),
                row.getInt("attempt"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                read(row, "error", RunError.class),
                row.getString("requested_by"),
                row.getString("waiting_for"));
    }

    private static Run run(ResultSet row) throws SQLException {
        String event = row.getString("event");
        String output = row.getString("output");
        return new Run(
                row.getObject("id", UUID.class),
                row.getObject("integration_id", UUID.class),
                TriggerKind.of(row.getString("trigger")),
                RunStatus.of(row.getString("status")),
                row.getInt("attempt"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                "queued".equals(row.getString("status")) ? instant(row, "not_before") : null,
                read(row, "error", RunError.class),
                row.getString("requested_by"),
                row.getString("template"),
                event == null ? null : Json.parse(event),
                output == null ? null : Json.parse(output),
                row.getObject("replay_of", UUID.class),
                row.getString("waiting_for"),
                null,
                List.of());
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getLong("seq"),
                row.getString("pointer"),
                row.getString("visit"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("status"),
                row.getInt("attempt"),
                row.getTimestamp("started_at").toInstant(),
                row.getLong("duration_ms"),
                row.getBoolean("reused") ? true : null,
                read(row, "request", HttpRequestLog.class),
                read(row, "response", HttpResponseLog.class),
                read(row, "error", RunError.class));
    }

    private static LastRunFeed.Entry lastRun(ResultSet row) throws SQLException {
        return new LastRunFeed.Entry(
                row.getObject("integration_id", UUID.class),
                row.getString("tenant"),
                new LastRun(
                        row.getObject("run_id", UUID.class),
                        TriggerKind.of(row.getString("trigger")),
                        RunStatus.of(row.getString("status")),
                        row.getTimestamp("created_at").toInstant(),
                        instant(row, "ended_at"),
                        row.getString("error")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static <T> @Nullable T read(ResultSet row, String column, Class<T> type) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.parse(text, type);
    }
}
