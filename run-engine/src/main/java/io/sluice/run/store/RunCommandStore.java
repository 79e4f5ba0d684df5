package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What people do to runs: cancel, replay. */
public final class RunCommandStore {

    // Queued and not held: it ends here and now. Held: its worker sees the mark.
    private static final String CANCEL_WAITING = """
            with gone as (
                delete from open_run o
                 where o.id = :id and o.tenant = :tenant and o.worker is null
                returning o.*, 'cancelled' as new_status, null::jsonb as new_error, null::jsonb as new_output),
            """ + RunEndStore.INTO_HISTORY;

    /** Marked while a worker held it that then died, gave it back or sent it to be tried again. */
    private static final String CANCEL_MARKED = """
            with gone as (
                delete from open_run o
                 where o.id = any(array(select id from open_run
                                 where worker is null and cancel_requested
                                 order by id for update skip locked))
                returning o.*, 'cancelled' as new_status, null::jsonb as new_error, null::jsonb as new_output),
            """ + RunEndStore.INTO_HISTORY;

    private static final String MARK = """
            update open_run set cancel_requested = true where id = :id and tenant = :tenant
            """;

    private static final String SOURCE = """
            select integration_id, template, flow_digest, params, event, key_root, lane, lane_number
              from open_run where id = :id and tenant = :tenant
            union all
            select integration_id, template, flow_digest, params, event, key_root, lane, lane_number
              from run where id = :id and tenant = :tenant
            """;

    private static final String FIRST_OF_STEP = """
            select min(seq) from run_step where run_id = :id and :step in (visit, pointer, name)
            """;

    // The context that was exported with a result is left out: what the context is now is not set back by a replay.
    private static final String REUSE = """
            insert into run_step (run_id, retention, visit, pointer, name, kind, status, attempt, started_at, duration_ms,
                                  reused, request, response, error, result)
            select :newId, :retention, visit, pointer, name, kind, status, attempt, started_at, duration_ms, true, request,
                   response, error, result - 'context'
              from run_step
             where run_id = :id and seq < :before and result is not null
             order by seq
            """;

    private final Jdbi jdbi;

    public RunCommandStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Cancels a run that has not ended; one that has stays as it is. */
    public void cancel(String tenant, UUID runId) {
        jdbi.useTransaction((Handle handle) -> cancel(handle, tenant, runId));
    }

    /** The same within the caller's transaction. */
    public static void cancel(Handle handle, String tenant, UUID runId) {
        int ended = handle.createUpdate(CANCEL_WAITING)
                .bind("id", runId)
                .bind("tenant", tenant)
                .execute();
        if (ended == 0) {
            handle.createUpdate(MARK).bind("id", runId).bind("tenant", tenant).execute();
        }
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
            @Nullable JsonNode event,
            UUID keyRoot,
            @Nullable String lane,
            @Nullable Long laneNumber) {}

    /** A run of the tenant, open or ended. */
    public Optional<Source> source(String tenant, UUID runId) {
        return jdbi.withHandle(handle -> source(handle, tenant, runId));
    }

    static Optional<Source> source(Handle handle, String tenant, UUID runId) {
        return handle.createQuery(SOURCE)
                .bind("id", runId)
                .bind("tenant", tenant)
                .map((row, context) -> new Source(
                        row.getObject("integration_id", UUID.class),
                        new FlowRef(row.getString("template"), row.getString("flow_digest")),
                        Json.parse(row.getString("params")),
                        row.getString("event") == null ? null : Json.parse(row.getString("event")),
                        row.getObject("key_root", UUID.class),
                        row.getString("lane"),
                        row.getObject("lane_number", Long.class)))
                .findOne();
    }

    public void enqueue(NewRun run) {
        jdbi.useTransaction((Handle handle) -> RunQueueStore.enqueue(handle, run));
    }

    /**
     * Stores a run that goes on where the run that it repeats stood before a step.
     *
     * @param step the step's visit, pointer or name
     * @param isOfFlow whether it may be a step that the old run did not come to or was stopped in: it has no record then
     * @return false when the old run has no such step; nothing was stored then
     */
    public boolean resume(NewRun run, String step, boolean isOfFlow) {
        return jdbi.inTransaction(handle -> {
            RunQueueStore.enqueue(handle, run);
            boolean found = reuse(handle, run, step);
            if (!found && isOfFlow) {
                reuseAll(handle, run);
                return true;
            }
            if (!found) {
                handle.rollback();
            }
            return found;
        });
    }

    /** Gives a new run the results that the old one had before a step. */
    static boolean reuse(Handle handle, NewRun run, String step) {
        UUID old = Objects.requireNonNull(run.replay()).of();
        Optional<Long> before = handle.createQuery(FIRST_OF_STEP)
                .bind("id", old)
                .bind("step", step)
                .mapTo(Long.class)
                .findOne();
        before.ifPresent(seq -> reuse(handle, run, old, seq));
        return before.isPresent();
    }

    /** Gives a new run all results of the old one: it goes on at the step that failed. */
    static void reuseAll(Handle handle, NewRun run) {
        reuse(handle, run, Objects.requireNonNull(run.replay()).of(), Long.MAX_VALUE);
    }

    private static void reuse(Handle handle, NewRun run, UUID old, long before) {
        handle.createUpdate(REUSE)
                .bind("newId", run.id())
                .bind("retention", run.terms().retentionDays())
                .bind("id", old)
                .bind("before", before)
                .execute();
    }
}
