package io.sluice.run.store;

import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Replays of many runs: what they would do, where they stand, and their next step. */
public final class BulkReplayStore {

    private static final String FOUND = """
              from run r
             where r.tenant = :tenant and r.integration_id = :integrationId and r.status = :status
               and r.id >= coalesce((select f.id from run_floor f where f.tenant = :tenant),
                                    '00000000-0000-0000-0000-000000000000'::uuid)
               and (:trigger::text is null or r.trigger = :trigger)
               and (:from::timestamptz is null or r.created_at >= :from::timestamptz)
               and (:to::timestamptz is null or r.created_at < :to::timestamptz)
               and (:errorCode::text is null or r.error ->> 'code' = :errorCode)
            """;

    private static final String COUNT = "select count(*) as runs, max(r.id::text)::uuid as last " + FOUND;

    // Of the newest ten thousand: enough to know whom a replay calls.
    private static final String TARGETS = """
            with found as (
                select r.id, r.retention
            """ + FOUND + """
                 order by r.id desc limit 10000)
            select substring(s.request ->> 'url' from '^https?://([^/?#]+)') as host, count(*) as calls,
                   bool_or(s.request ->> 'method' not in ('GET', 'HEAD', 'OPTIONS')) as writes
              from found f join run_step s on s.run_id = f.id and s.retention = f.retention
             where s.request is not null
             group by 1
             order by calls desc, host
             limit 50
            """;

    private static final String INSERT = """
            insert into bulk_replay (id, tenant, integration_id, filter, from_step, per_minute, status, total, until,
                                     requested_by, created_at, next_at, ended_at)
            values (:id, :tenant, :integrationId, :filter::jsonb, :fromStep, :perMinute,
                    case when :total = 0 then 'done' else 'running' end, :total, :until, :by, now(), now(),
                    case when :total = 0 then now() end)
            on conflict (integration_id) where status = 'running' do nothing
            returning *
            """;

    private static final String DUE = """
            select * from bulk_replay
             where status = 'running' and next_at <= now()
             order by next_at
             limit 1
               for update skip locked
            """;

    private static final String NEXT = "select r.id " + FOUND + """
               and r.id <= :until and (:position::uuid is null or r.id > :position::uuid)
             order by r.id
             limit :batch
            """;

    private static final String MOVE = """
            update bulk_replay
               set started = started + :started, position = coalesce(:position::uuid, position),
                   next_at = now() + :pause::interval,
                   status = case when :over then 'done' else status end,
                   ended_at = case when :over then now() end
             where id = :id
            """;

    private static final String STOP = """
            update bulk_replay set status = 'stopped', ended_at = now()
             where id = :id and tenant = :tenant and status = 'running'
            """;

    private static final String FROM_FAILURE = "failure";

    private final Jdbi jdbi;

    public BulkReplayStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many there are, and whom they called. */
    public ReplayPreview preview(String tenant, UUID integrationId, ReplayFilter filter) {
        return jdbi.withHandle(handle -> new ReplayPreview(
                count(handle, tenant, integrationId, filter).runs(),
                narrowed(handle.createQuery(TARGETS), tenant, integrationId, filter)
                        .map((row, context) -> new ReplayPreview.Target(
                                row.getString("host"), row.getLong("calls"), row.getBoolean("writes")))
                        .list(),
                List.of()));
    }

    private record Count(long runs, @Nullable UUID last) {}

    private static Count count(Handle handle, String tenant, UUID integrationId, ReplayFilter filter) {
        return narrowed(handle.createQuery(COUNT), tenant, integrationId, filter)
                .map((row, context) -> new Count(row.getLong("runs"), row.getObject("last", UUID.class)))
                .one();
    }

    private static <S extends SqlStatement<S>> S narrowed(
            S statement, String tenant, UUID integrationId, ReplayFilter filter) {
        RunStatus status = filter.status() == null ? RunStatus.FAILED : filter.status();
        return statement
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .bind("status", status.wireName())
                .bind(
                        "trigger",
                        filter.trigger() == null ? null : filter.trigger().wireName())
                .bind("from", text(filter.from()))
                .bind("to", text(filter.to()))
                .bind("errorCode", filter.errorCode());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** A bulk replay to be made. */
    public record Wanted(
            UUID id,
            String tenant,
            UUID integrationId,
            ReplayFilter filter,
            boolean fromFailure,
            int perMinute,
            String by) {}

    /** Begins one, unless one of the integration is under way; runs that begin from now on are not part of it, so it never repeats its own. */
    public Optional<BulkReplay> begin(Wanted wanted) {
        return jdbi.inTransaction(handle -> {
            Count count = count(handle, wanted.tenant(), wanted.integrationId(), wanted.filter());
            return handle.createQuery(INSERT)
                    .bind("id", wanted.id())
                    .bind("tenant", wanted.tenant())
                    .bind("integrationId", wanted.integrationId())
                    .bind("filter", StepLogStore.text(wanted.filter()))
                    .bind("fromStep", wanted.fromFailure() ? FROM_FAILURE : null)
                    .bind("perMinute", wanted.perMinute())
                    .bind("total", Math.toIntExact(Math.min(count.runs(), Integer.MAX_VALUE)))
                    .bind("until", count.last() == null ? new UUID(0, 0) : count.last())
                    .bind("by", wanted.by())
                    .map((row, context) -> bulk(row))
                    .findOne();
        });
    }

    /** Puts off the one whose step is next, by a minute. */
    public void postpone() {
        jdbi.useHandle(handle -> handle.execute("""
                update bulk_replay set next_at = now() + interval '1 minute'
                 where id = (select id from bulk_replay
                              where status = 'running' and next_at <= now()
                              order by next_at limit 1 for update skip locked)
                """));
    }

    /** Newest first, at most 50. */
    public List<BulkReplay> list(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from bulk_replay
                         where tenant = :tenant and integration_id = :integrationId
                         order by created_at desc limit 50
                        """)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .map((row, context) -> bulk(row))
                .list());
    }

    /** Starts no more; one that is over stays as it is. Empty when there is none of the tenant. */
    public Optional<BulkReplay> stop(String tenant, UUID id) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate(STOP).bind("id", id).bind("tenant", tenant).execute();
            return handle.createQuery("select * from bulk_replay where id = :id and tenant = :tenant")
                    .bind("id", id)
                    .bind("tenant", tenant)
                    .map((row, context) -> bulk(row))
                    .findOne();
        });
    }

    /** Makes the run that repeats another one; empty to leave it out. */
    public interface Repeat {
        Optional<NewRun> of(BulkReplay bulk, String tenant, UUID runId);
    }

    /**
     * The next step of one that is due: some runs, and where it goes on, in one commit.
     *
     * @return how many runs were started; empty when none is due
     */
    public Optional<Integer> step(Repeat repeat) {
        return jdbi.inTransaction(handle -> handle.createQuery(DUE)
                .map((row, context) -> new Due(
                        bulk(row),
                        row.getString("tenant"),
                        row.getObject("until", UUID.class),
                        row.getObject("position", UUID.class)))
                .findOne()
                .map(due -> step(handle, due, repeat)));
    }

    private record Due(
            BulkReplay bulk,
            String tenant,
            UUID until,
            @Nullable UUID position) {}

    private static int step(Handle handle, Due due, Repeat repeat) {
        BulkReplay bulk = due.bulk();
        int batch = Math.clamp(bulk.perMinute() / 60, 1, 500);
        List<UUID> runs = narrowed(handle.createQuery(NEXT), due.tenant(), bulk.integrationId(), bulk.filter())
                .bind("until", due.until())
                .bind("position", due.position() == null ? null : due.position().toString())
                .bind("batch", batch)
                .mapTo(UUID.class)
                .list();
        int started = 0;
        for (UUID id : runs) {
            Optional<NewRun> run = repeat.of(bulk, due.tenant(), id);
            if (run.isPresent()) {
                RunQueueStore.enqueue(handle, run.get());
                if (bulk.fromFailure()) {
                    RunCommandStore.reuseAll(handle, run.get());
                }
                started++;
            }
        }
        handle.createUpdate(MOVE)
                .bind("id", bulk.id())
                .bind("started", started)
                .bind("position", runs.isEmpty() ? null : runs.getLast().toString())
                .bind("pause", batch * 60_000L / bulk.perMinute() + " milliseconds")
                .bind("over", runs.size() < batch)
                .execute();
        return started;
    }

    private static BulkReplay bulk(ResultSet row) throws SQLException {
        Timestamp endedAt = row.getTimestamp("ended_at");
        return new BulkReplay(
                row.getObject("id", UUID.class),
                row.getObject("integration_id", UUID.class),
                row.getString("status"),
                Json.parse(row.getString("filter"), ReplayFilter.class),
                FROM_FAILURE.equals(row.getString("from_step")),
                row.getInt("per_minute"),
                row.getLong("total"),
                row.getLong("started"),
                row.getString("requested_by"),
                row.getTimestamp("created_at").toInstant(),
                endedAt == null ? null : endedAt.toInstant());
    }
}
