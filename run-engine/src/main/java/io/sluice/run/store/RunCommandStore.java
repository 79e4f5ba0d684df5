package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What people do to runs: cancel, replay. */
public final class RunCommandStore {

    private static final String ENDED = """
            ended as (
                update run r set status = 'cancelled', ended_at = now()
                  from gone where r.id = gone.run_id
                returning r.*)
            insert into last_run (integration_id, tenant, run_id, trigger, status, created_at, ended_at, error)
            select integration_id, tenant, id, trigger, status, created_at, ended_at, null from ended
            on conflict (integration_id) do update
               set run_id = excluded.run_id, trigger = excluded.trigger, status = excluded.status,
                   created_at = excluded.created_at, ended_at = excluded.ended_at, error = excluded.error,
                   changed = excluded.changed
            """;

    // Queued and not held: it ends here and now. Held: its worker sees the mark.
    private static final String CANCEL_WAITING = """
            with gone as (
                delete from run_queue q using run r
                 where q.run_id = :id and r.id = q.run_id and r.tenant = :tenant and q.worker is null
                returning q.run_id),
            """ + ENDED;

    /** Marked while a worker held it that then died, gave it back or sent it to be tried again. */
    private static final String CANCEL_MARKED = """
            with gone as (
                delete from run_queue
                 where run_id in (select run_id from run_queue
                                   where worker is null and cancel_requested
                                     for update skip locked)
                returning run_id),
            """ + ENDED;

    private static final String MARK = """
            update run_queue q set cancel_requested = true
              from run r
             where q.run_id = :id and r.id = q.run_id and r.tenant = :tenant
            """;

    private static final String SOURCE = """
            select r.integration_id, r.template, r.flow_digest, r.params, r.event
              from run r where r.id = :id and r.tenant = :tenant
            """;

    private final Jdbi jdbi;

    public RunCommandStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Cancels a run that has not ended; one that has stays as it is. */
    public void cancel(String tenant, UUID runId) {
        jdbi.useTransaction(handle -> {
            int ended = handle.createUpdate(CANCEL_WAITING)
                    .bind("id", runId)
                    .bind("tenant", tenant)
                    .execute();
            if (ended == 0) {
                handle.createUpdate(MARK)
                        .bind("id", runId)
                        .bind("tenant", tenant)
                        .execute();
            }
        });
    }

    /** Ends what was marked and is held by nobody any more, within the caller's transaction. */
    static void cancelMarked(Handle handle) {
        handle.execute(CANCEL_MARKED);
    }

    /** What a replay begins from. */
    public record Source(
            UUID integrationId,
            FlowRef flow,
            JsonNode params,
            @Nullable JsonNode event) {

        /** The run that repeats it, with its own or another event. */
        public NewRun replay(
                UUID newId, UUID runId, String tenant, @Nullable JsonNode otherEvent, String by, boolean serial) {
            return new NewRun(
                    newId,
                    tenant,
                    integrationId,
                    TriggerKind.REPLAY,
                    flow,
                    params,
                    otherEvent == null ? event : otherEvent,
                    by,
                    runId,
                    null,
                    serial);
        }
    }

    public Optional<Source> source(String tenant, UUID runId) {
        return jdbi.withHandle(handle -> handle.createQuery(SOURCE)
                .bind("id", runId)
                .bind("tenant", tenant)
                .map((row, context) -> new Source(
                        row.getObject("integration_id", UUID.class),
                        new FlowRef(row.getString("template"), row.getString("flow_digest")),
                        Json.parse(row.getString("params")),
                        row.getString("event") == null ? null : Json.parse(row.getString("event"))))
                .findOne());
    }

    public void enqueue(NewRun run) {
        jdbi.useTransaction((Handle handle) -> RunQueueStore.enqueue(handle, run));
    }
}
