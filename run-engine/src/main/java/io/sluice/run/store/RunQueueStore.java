package io.sluice.run.store;

import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.StepRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The queue in PostgreSQL. */
public final class RunQueueStore implements RunQueue {

    private static final String INSERT_RUN = """
            insert into run (id, tenant, integration_id, trigger, status, template, flow_digest, params, event,
                             requested_by, replay_of, created_at)
            values (:id, :tenant, :integrationId, :trigger, 'queued', :template, :digest, :params::jsonb,
                    :event::jsonb, :requestedBy, :replayOf::uuid, now())
            """;

    private static final String INSERT_QUEUE = """
            insert into run_queue (run_id, integration_id, schedule_id, serial_key, not_before)
            values (:id, :integrationId, :scheduleId::uuid, :serialKey::uuid, now())
            """;

    /** Leases that ran out first, so that a dead worker's runs are due again. */
    private static final String TAKE_BACK =
            "update run_queue set worker = null, lease_until = null where worker is not null and lease_until < now()";

    // The oldest of a serial key alone is eligible; the unique index decides where two replicas disagree.
    private static final String CLAIM = """
            with due as (
                select q.run_id
                  from run_queue q
                 where q.worker is null
                   and q.not_before <= now()
                   and (q.serial_key is null
                        or not exists (select 1
                                         from run_queue o
                                        where o.serial_key = q.serial_key
                                          and (o.run_id < q.run_id or o.worker is not null)))
                 order by q.not_before, q.run_id
                 limit :most
                   for update skip locked),
            claimed as (
                update run_queue q
                   set worker = :worker, lease_until = now() + :lease::interval, fence = q.fence + 1
                  from due
                 where q.run_id = due.run_id
                returning q.run_id, q.fence)
            update run r
               set status = 'running', attempt = r.attempt + 1, started_at = coalesce(r.started_at, now())
              from claimed
             where r.id = claimed.run_id
            returning r.id, r.tenant, r.integration_id, claimed.fence, r.attempt, r.template, r.flow_digest, r.params,
                      r.event, r.started_at
            """;

    private static final String RENEW = """
            update run_queue
               set lease_until = now() + :lease::interval
             where worker = :worker and lease_until >= now() and run_id = any(:runs::uuid[])
            returning run_id, fence, cancel_requested
            """;

    private static final String END = """
            with gone as (
                delete from run_queue where run_id = :id and fence = :fence and worker is not null returning run_id),
            ended as (
                update run r
                   set status = :status, ended_at = now(), error = :error::jsonb, output = :output::jsonb
                  from gone
                 where r.id = gone.run_id
                returning r.*)
            insert into last_run (integration_id, tenant, run_id, trigger, status, created_at, ended_at, error)
            select integration_id, tenant, id, trigger, status, created_at, ended_at, error ->> 'title' from ended
            on conflict (integration_id) do update
               set run_id = excluded.run_id, trigger = excluded.trigger, status = excluded.status,
                   created_at = excluded.created_at, ended_at = excluded.ended_at, error = excluded.error,
                   changed = excluded.changed
            """;

    private static final String AGAIN = """
            with back as (
                update run_queue
                   set worker = null, lease_until = null, not_before = now() + :delay::interval
                 where run_id = :id and fence = :fence and worker is not null and not cancel_requested
                returning run_id)
            update run r set status = 'queued', error = :error::jsonb from back where r.id = back.run_id
            """;

    private static final String PARK = """
            with back as (
                update run_queue
                   set worker = null, lease_until = null, not_before = now() + :delay::interval
                 where run_id = :id and fence = :fence and worker is not null and not cancel_requested
                returning run_id)
            update run r set status = 'queued', attempt = r.attempt - 1 from back where r.id = back.run_id
            """;

    private static final String GIVE_BACK = """
            with back as (
                update run_queue set worker = null, lease_until = null, fence = fence + 1, not_before = now()
                 where worker = :worker
                returning run_id)
            update run r set status = 'queued', attempt = r.attempt - 1 from back where r.id = back.run_id
            """;

    private final Jdbi jdbi;

    public RunQueueStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Stores a run and queues it, within the caller's transaction. */
    public static void enqueue(Handle handle, NewRun run) {
        handle.createUpdate(INSERT_RUN)
                .bind("id", run.id())
                .bind("tenant", run.tenant())
                .bind("integrationId", run.integrationId())
                .bind("trigger", run.trigger().wireName())
                .bind("template", run.flow().template())
                .bind("digest", run.flow().digest())
                .bind("params", StepLogStore.text(run.params()))
                .bind("event", run.event() == null ? null : StepLogStore.text(run.event()))
                .bind("requestedBy", run.requestedBy())
                .bind("replayOf", run.replayOf())
                .execute();
        handle.createUpdate(INSERT_QUEUE)
                .bind("id", run.id())
                .bind("integrationId", run.integrationId())
                .bind("scheduleId", run.scheduleId())
                .bind("serialKey", run.serial() ? run.integrationId() : null)
                .execute();
    }

    @Override
    public List<ClaimedRun> claim(String worker, Duration lease, int most) {
        return jdbi.inTransaction(handle -> {
            handle.execute(TAKE_BACK);
            RunCommandStore.cancelMarked(handle);
            return handle.createQuery(CLAIM)
                    .bind("worker", worker)
                    .bind("lease", lease.toMillis() + " milliseconds")
                    .bind("most", most)
                    .map((row, context) -> new ClaimedRun(
                            row.getObject("id", UUID.class),
                            row.getString("tenant"),
                            row.getObject("integration_id", UUID.class),
                            row.getLong("fence"),
                            row.getInt("attempt"),
                            row.getString("template"),
                            row.getString("flow_digest"),
                            Json.parse(row.getString("params")),
                            row.getString("event") == null ? null : Json.parse(row.getString("event")),
                            row.getTimestamp("started_at").toInstant()))
                    .list();
        });
    }

    @Override
    public List<Held> renew(String worker, Duration lease, Collection<UUID> runs) {
        return jdbi.withHandle(handle -> handle.createQuery(RENEW)
                .bind("worker", worker)
                .bind("lease", lease.toMillis() + " milliseconds")
                .bindArray(
                        "runs", String.class, runs.stream().map(UUID::toString).toArray())
                .map((row, context) -> new Held(
                        row.getObject("run_id", UUID.class), row.getLong("fence"), row.getBoolean("cancel_requested")))
                .list());
    }

    @Override
    public boolean end(ClaimedRun run, RunEnd end, List<StepRecord> steps) {
        return jdbi.inTransaction(handle -> {
            StepLogStore.insert(handle, run, steps);
            boolean owned = switch (end) {
                case RunEnd.Succeeded(var output) ->
                    ended(handle, run, RunStatus.SUCCEEDED, null, output == null ? null : StepLogStore.text(output));
                case RunEnd.Failed(var error) -> ended(handle, run, RunStatus.FAILED, error, null);
                case RunEnd.Cancelled _ -> ended(handle, run, RunStatus.CANCELLED, null, null);
                // Somebody cancelled it meanwhile: it does not come back.
                case RunEnd.Again again ->
                    again(handle, run, again) || ended(handle, run, RunStatus.CANCELLED, null, null);
                case RunEnd.Parked parked ->
                    parked(handle, run, parked) || ended(handle, run, RunStatus.CANCELLED, null, null);
            };
            if (!owned) {
                handle.rollback();
            }
            return owned;
        });
    }

    private static boolean ended(
            Handle handle, ClaimedRun run, RunStatus status, @Nullable RunError error, @Nullable String output) {
        return handle.createUpdate(END)
                        .bind("id", run.id())
                        .bind("fence", run.fence())
                        .bind("status", status.wireName())
                        .bind("error", error == null ? null : StepLogStore.text(error))
                        .bind("output", output)
                        .execute()
                == 1;
    }

    private static boolean again(Handle handle, ClaimedRun run, RunEnd.Again again) {
        return handle.createUpdate(AGAIN)
                        .bind("id", run.id())
                        .bind("fence", run.fence())
                        .bind("delay", again.delay().toMillis() + " milliseconds")
                        .bind("error", StepLogStore.text(again.error()))
                        .execute()
                == 1;
    }

    private static boolean parked(Handle handle, ClaimedRun run, RunEnd.Parked parked) {
        return handle.createUpdate(PARK)
                        .bind("id", run.id())
                        .bind("fence", run.fence())
                        .bind("delay", parked.delay().toMillis() + " milliseconds")
                        .execute()
                == 1;
    }

    @Override
    public void giveBack(String worker) {
        jdbi.useHandle(
                handle -> handle.createUpdate(GIVE_BACK).bind("worker", worker).execute());
    }
}
