package io.sluice.run.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue.Ending;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts, many in one commit. A run that has ended moves from the open ones to the history in one statement, so
 * it is at every moment in one of them and never in both.
 */
final class RunEndStore {

    // In the order of the ids, as renewing does: no deadlock between the two.
    private static final String OWNED = """
            select o.id, o.fence
              from open_run o
              join jsonb_to_recordset(:ends::jsonb) as e (id uuid, fence bigint) on e.id = o.id and e.fence = o.fence
             where o.worker is not null
             order by o.id
               for update of o
            """;

    private static final String LOG = """
            insert into run_step (run_id, retention, visit, pointer, name, kind, status, attempt, started_at, duration_ms,
                                  request, response, error)
            select s.*
              from jsonb_to_recordset(:steps::jsonb) as s (
                       run_id uuid, retention integer, visit text, pointer text, name text, kind text, status text,
                       attempt integer, started_at timestamptz, duration_ms bigint, request jsonb, response jsonb,
                       error jsonb)
            """;

    /** The columns that a run takes with it into the history, from {@code gone}. */
    static final String INTO_HISTORY = """
            history as (
                insert into run (id, retention, tenant, integration_id, trigger, status, attempt, template, flow_digest,
                                 params, event, output, error, requested_by, replay_of, key_root, lane, lane_number,
                                 created_at, started_at, ended_at)
                select id, retention, tenant, integration_id, trigger, new_status, attempt, template, flow_digest, params,
                       event, new_output, new_error, requested_by, replay_of, key_root, lane, lane_number, created_at,
                       started_at, now()
                  from gone
                returning *)
            insert into last_run (integration_id, tenant, run_id, trigger, status, created_at, ended_at, error)
            select distinct on (integration_id)
                   integration_id, tenant, id, trigger, status, created_at, ended_at, error ->> 'title'
              from history
             order by integration_id, id desc
            on conflict (integration_id) do update
               set run_id = excluded.run_id, trigger = excluded.trigger, status = excluded.status,
                   created_at = excluded.created_at, ended_at = excluded.ended_at, error = excluded.error,
                   changed = excluded.changed
            """;

    // Somebody cancelled it meanwhile: it does not come back to the queue.
    private static final String END = """
            with e as materialized (
                select * from jsonb_to_recordset(:ends::jsonb)
                           as e (id uuid, status text, error jsonb, output jsonb)),
            gone as (
                delete from open_run o
                 using e
                 where o.id = e.id and (e.status <> 'queued' or o.cancel_requested)
                returning o.*, case when e.status = 'queued' then 'cancelled' else e.status end as new_status,
                          case when e.status = 'queued' then null else e.error end as new_error,
                          e.output as new_output),
            parked as (
                update lane l
                   set parked_by = gone.id, parked_number = gone.lane_number, parked_at = now()
                  from gone
                 where l.integration_id = gone.integration_id and l.lane = gone.lane and gone.lane_number is not null
                   and gone.new_status = 'failed'),
            """ + INTO_HISTORY;

    private static final String BACK = """
            update open_run o
               set worker = null, lease_until = null, slot = null, error = e.error, waiting_for = e.waiting_for,
                   not_before = now() + e.delay * interval '1 millisecond',
                   attempt = o.attempt - case when e.counts then 0 else 1 end
              from jsonb_to_recordset(:ends::jsonb)
                as e (id uuid, status text, error jsonb, delay bigint, waiting_for text, counts boolean)
             where o.id = e.id and e.status = 'queued'
            """;

    private final Jdbi jdbi;

    RunEndStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Owned(UUID run, long fence) {}

    /** @return those whose run was still owned */
    Set<Ending> end(List<Ending> endings) {
        return jdbi.inTransaction(handle -> {
            Set<Owned> owned = new HashSet<>(handle.createQuery(OWNED)
                    .bind("ends", StepLogStore.text(rows(endings)))
                    .map((row, context) -> new Owned(row.getObject("id", UUID.class), row.getLong("fence")))
                    .list());
            // By the fence too: a run that was taken back may end twice in one batch.
            List<Ending> ours = endings.stream()
                    .filter(one ->
                            owned.contains(new Owned(one.run().id(), one.run().fence())))
                    .toList();
            if (!ours.isEmpty()) {
                write(handle, ours);
            }
            Set<Ending> written = Collections.newSetFromMap(new IdentityHashMap<>());
            written.addAll(ours);
            return written;
        });
    }

    private static void write(Handle handle, List<Ending> endings) {
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        endings.forEach(one -> one.steps().forEach(step -> steps.add(StepRows.row(one.run(), step))));
        if (!steps.isEmpty()) {
            handle.createUpdate(LOG).bind("steps", StepLogStore.text(steps)).execute();
        }
        String ends = StepLogStore.text(rows(endings));
        handle.createUpdate(END).bind("ends", ends).execute();
        if (endings.stream().anyMatch(one -> one.end() instanceof RunEnd.Again || one.end() instanceof RunEnd.Parked)) {
            handle.createUpdate(BACK).bind("ends", ends).execute();
        }
    }

    private static ArrayNode rows(List<Ending> endings) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        endings.forEach(one -> rows.add(row(one)));
        return rows;
    }

    private static ObjectNode row(Ending ending) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("id", ending.run().id().toString())
                .put("fence", ending.run().fence());
        return switch (ending.end()) {
            case RunEnd.Succeeded(var output) -> {
                row.set("output", output);
                yield row.put("status", RunStatus.SUCCEEDED.wireName());
            }
            case RunEnd.Failed(var error) -> failed(row, RunStatus.FAILED, error);
            case RunEnd.Cancelled() -> row.put("status", RunStatus.CANCELLED.wireName());
            case RunEnd.Again(var delay, var error) -> back(failed(row, RunStatus.QUEUED, error), delay, null, true);
            case RunEnd.Parked(var delay, var reason) ->
                back(row.put("status", RunStatus.QUEUED.wireName()), delay, reason, false);
        };
    }

    private static ObjectNode failed(ObjectNode row, RunStatus status, RunError error) {
        row.set("error", Json.tree(error));
        return row.put("status", status.wireName());
    }

    private static ObjectNode back(ObjectNode row, Duration delay, @Nullable String waitingFor, boolean counts) {
        return row.put("delay", delay.toMillis()).put("waiting_for", waitingFor).put("counts", counts);
    }
}
