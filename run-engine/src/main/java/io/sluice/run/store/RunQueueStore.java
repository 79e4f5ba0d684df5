package io.sluice.run.store;

import io.sluice.contract.integration.RetryPolicy;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunQueue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The queue in PostgreSQL. */
public final class RunQueueStore implements RunQueue {

    private static final Duration TIDY = Duration.ofSeconds(1);

    private static final String INSERT = """
            insert into open_run (id, tenant, integration_id, trigger, template, flow_digest, params, event, requested_by,
                                  replay_of, key_root, schedule_id, retry, retention, lane, lane_number, created_at,
                                  not_before)
            select r.id, r.tenant, r.integration_id, r.trigger, r.template, r.flow_digest, r.params::jsonb, r.event::jsonb,
                   r.requested_by, r.replay_of, r.key_root, r.schedule_id, r.retry::jsonb, r.retention, r.lane,
                   r.lane_number, now(), now()
              from unnest(:id::uuid[], :tenant::text[], :integration_id::uuid[], :trigger::text[], :template::text[],
                          :flow_digest::text[], :params::text[], :event::text[], :requested_by::text[],
                          :replay_of::uuid[], :key_root::uuid[], :schedule_id::uuid[], :retry::text[],
                          :retention::integer[], :lane::text[], :lane_number::bigint[])
                as r (id, tenant, integration_id, trigger, template, flow_digest, params, event, requested_by, replay_of,
                      key_root, schedule_id, retry, retention, lane, lane_number)
            """;

    // The row's lock is held until the caller commits, so that numbers become visible in their order.
    private static final String NEXT_NUMBER = """
            insert into lane (integration_id, lane, tenant, last_number, used_at)
            values (:integrationId, :lane, :tenant, 1, now())
            on conflict (integration_id, lane) do update set last_number = lane.last_number + 1, used_at = now()
            returning last_number
            """;

    /**
     * Leases that ran out, so that a dead worker's runs are due again. As an array, here and below: a plan from when the
     * table was small would look at all its rows once for each of them.
     */
    private static final String TAKE_BACK = """
            update open_run set worker = null, lease_until = null, slot = null
             where id = any(array(select id from open_run
                           where worker is not null and lease_until < now()
                           order by id for update skip locked))
            """;

    static final String CLAIMED = """
            returning o.id, o.tenant, o.integration_id, o.fence, o.attempt, o.template, o.flow_digest, o.params, o.event,
                      o.started_at, o.key_root, o.replay_of, o.retry, o.retention
            """;

    private static final String CLAIM = """
            update open_run o
               set worker = :worker, lease_until = now() + :lease::interval, fence = o.fence + 1,
                   attempt = o.attempt + 1, started_at = coalesce(o.started_at, now()), waiting_for = null
             where o.id = any(array(select id
                                      from open_run
                                     where worker is null and lane is null and not_before <= now()
                                       and not cancel_requested
                                     order by not_before, id
                                     limit :most
                                       for update skip locked))
            """ + CLAIMED;

    // In the order of the ids, as those who end runs lock them: no deadlock between the two.
    private static final String RENEW = """
            update open_run
               set lease_until = now() + :lease::interval
             where id = any(array(select id from open_run
                           where worker = :worker and lease_until >= now() and id = any(:runs::uuid[])
                           order by id for update))
            returning id, fence, cancel_requested
            """;

    private static final String GIVE_BACK = """
            update open_run
               set worker = null, lease_until = null, slot = null, fence = fence + 1, not_before = now(),
                   attempt = attempt - 1
             where id = any(array(select id from open_run where worker = :worker order by id for update))
            """;

    private final Jdbi jdbi;
    private final LaneClaims lanes = new LaneClaims();
    private final RunEndStore ends;
    private final LongAdder takenOver = new LongAdder();
    private volatile long tidied = System.nanoTime();

    public RunQueueStore(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.ends = new RunEndStore(jdbi);
    }

    /** Stores a run and queues it, within the caller's transaction. */
    public static void enqueue(Handle handle, NewRun run) {
        insert(handle, run, number(handle, run));
    }

    /**
     * Stores and queues many in one statement, within the caller's transaction. Lanes are taken in one order, whoever
     * calls, so that no two callers wait for each other; within a lane the runs stay in theirs.
     */
    public static void enqueueAll(Handle handle, List<NewRun> runs) {
        OpenRunRows rows = new OpenRunRows();
        runs.stream()
                .sorted(Comparator.comparing(RunQueueStore::lane))
                .forEach(run -> rows.add(run, number(handle, run)));
        insert(handle, rows);
    }

    private static String lane(NewRun run) {
        return run.terms().lane() == null
                ? ""
                : run.integrationId() + run.terms().lane().name();
    }

    /** As {@link #enqueue}, at a place of its lane that the caller knows to be free. */
    static void insert(Handle handle, NewRun run, @Nullable Long laneNumber) {
        OpenRunRows rows = new OpenRunRows();
        rows.add(run, laneNumber);
        insert(handle, rows);
    }

    private static void insert(Handle handle, OpenRunRows rows) {
        Update insert = handle.createUpdate(INSERT);
        rows.bind(insert);
        insert.execute();
    }

    /** Its place, where its lane has an order. */
    private static @Nullable Long number(Handle handle, NewRun run) {
        Lane lane = run.terms().lane();
        return lane == null || !lane.isOrdered()
                ? null
                : handle.createQuery(NEXT_NUMBER)
                        .bind("integrationId", run.integrationId())
                        .bind("lane", lane.name())
                        .bind("tenant", run.tenant())
                        .mapTo(Long.class)
                        .one();
    }

    @Override
    public List<ClaimedRun> claim(String worker, Duration lease, int most) {
        Claim claim = new Claim(worker, text(lease), most);
        return jdbi.inTransaction(handle -> {
            List<ClaimedRun> claimed = new ArrayList<>(due(handle, claim));
            // Under load once a second, else at each look: what the dead held comes after what is due anyway.
            boolean spare = claimed.size() < most;
            if ((spare || System.nanoTime() - tidied > TIDY.toNanos()) && tidy(handle) && spare) {
                claimed.addAll(due(handle, claim.most(most - claimed.size())));
            }
            return claimed;
        });
    }

    private boolean tidy(Handle handle) {
        tidied = System.nanoTime();
        int back = handle.execute(TAKE_BACK);
        takenOver.add(back);
        RunCommandStore.cancelMarked(handle);
        return back > 0;
    }

    private List<ClaimedRun> due(Handle handle, Claim claim) {
        // At most half of the places for those in lanes, so that neither kind starves the other.
        List<ClaimedRun> claimed = new ArrayList<>(lanes.claim(handle, claim.most(Math.max(1, claim.most() / 2))));
        if (claimed.size() < claim.most()) {
            claimed.addAll(handle.createQuery(CLAIM)
                    .bind("worker", claim.worker())
                    .bind("lease", claim.lease())
                    .bind("most", claim.most() - claimed.size())
                    .map((row, context) -> claimed(row))
                    .list());
        }
        return claimed;
    }

    /** How many runs of dead workers this one has made due again. */
    public long takenOver() {
        return takenOver.sum();
    }

    /** Who claims, for how long, and how many at most. */
    record Claim(String worker, String lease, int most) {
        Claim most(int other) {
            return new Claim(worker, lease, other);
        }
    }

    static ClaimedRun claimed(ResultSet row) throws SQLException {
        String event = row.getString("event");
        String retry = row.getString("retry");
        UUID id = row.getObject("id", UUID.class);
        return new ClaimedRun(
                id,
                row.getString("tenant"),
                row.getObject("integration_id", UUID.class),
                row.getLong("fence"),
                row.getInt("attempt"),
                row.getString("template"),
                row.getString("flow_digest"),
                Json.parse(row.getString("params")),
                event == null ? null : Json.parse(event),
                row.getTimestamp("started_at").toInstant(),
                row.getObject("key_root", UUID.class),
                row.getObject("replay_of") != null,
                retry == null ? null : Json.parse(retry, RetryPolicy.class),
                row.getInt("retention"));
    }

    @Override
    public List<Held> renew(String worker, Duration lease, Collection<UUID> runs) {
        return jdbi.withHandle(handle -> handle.createQuery(RENEW)
                .bind("worker", worker)
                .bind("lease", text(lease))
                .bindArray(
                        "runs", String.class, runs.stream().map(UUID::toString).toArray())
                .map((row, context) -> new Held(
                        row.getObject("id", UUID.class), row.getLong("fence"), row.getBoolean("cancel_requested")))
                .list());
    }

    @Override
    public List<UUID> cancelled(String worker) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from open_run where worker = :worker and cancel_requested")
                        .bind("worker", worker)
                        .mapTo(UUID.class)
                        .list());
    }

    @Override
    public Set<Ending> end(List<Ending> endings) {
        return ends.end(endings);
    }

    @Override
    public void giveBack(String worker) {
        jdbi.useHandle(
                handle -> handle.createUpdate(GIVE_BACK).bind("worker", worker).execute());
    }

    private static String text(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }
}
