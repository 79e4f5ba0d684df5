package io.sluice.run.store;

import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.Journal;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepRecord;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Steps and contexts in PostgreSQL; every write shows the run's fence. */
public final class StepLogStore {

    // The lock keeps a take-over waiting until this commit, so that nothing is written under an old fence.
    private static final String OWNED =
            "select 1 from run_queue where run_id = :id and fence = :fence and worker is not null for share";

    private static final String INSERT = """
            insert into run_step (run_id, visit, pointer, name, kind, status, attempt, started_at, duration_ms, request,
                                  response, error, result)
            values (:id, :visit, :pointer, :name, :kind, :status, :attempt, :startedAt, :duration, :request::jsonb,
                    :response::jsonb, :error::jsonb, :result::jsonb)
            on conflict do nothing
            """;

    private static final String CHANGE_CONTEXT = """
            insert into flow_context (integration_id, tenant, version, value, changed_by, changed_at)
            values (:integrationId, :tenant, 1, :value::jsonb, :id, now())
            on conflict (integration_id) do update
               set version = flow_context.version + 1, value = excluded.value, changed_by = excluded.changed_by,
                   changed_at = excluded.changed_at
             where flow_context.tenant = excluded.tenant and flow_context.version = :expected
            """;

    private final Jdbi jdbi;

    public StepLogStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What earlier attempts of a run have left: results by visit, and how often each visit was tried. */
    public record Memory(
            Map<String, Journal.Stored> results,
            Map<String, Integer> attempts,
            @Nullable Object context,
            long version) {}

    public Memory memory(ClaimedRun run) {
        return jdbi.withHandle(handle -> {
            Map<String, Journal.Stored> results = new HashMap<>();
            Map<String, Integer> attempts = new HashMap<>();
            if (run.attempt() > 1) {
                handle.createQuery("select visit, result from run_step where run_id = :id")
                        .bind("id", run.id())
                        .map((row, context) ->
                                Map.entry(row.getString("visit"), Optional.ofNullable(row.getString("result"))))
                        .forEach(step -> {
                            attempts.merge(step.getKey(), 1, Integer::sum);
                            step.getValue()
                                    .ifPresent(result -> results.put(
                                            step.getKey(),
                                            new Journal.Stored(Json.plain(
                                                    Json.parse(result).get("output")))));
                        });
            }
            return handle.createQuery(
                            "select value, version from flow_context where integration_id = :id and tenant = :tenant")
                    .bind("id", run.integrationId())
                    .bind("tenant", run.tenant())
                    .map((row, context) -> new Memory(
                            results, attempts, Json.plain(Json.parse(row.getString("value"))), row.getLong("version")))
                    .findOne()
                    .orElseGet(() -> new Memory(results, attempts, null, 0));
        });
    }

    /**
     * Writes log records, the last of which may carry a result and a new context.
     *
     * @param expectedVersion the context's version that the change was made from
     * @throws RunStopped.LeaseLost when the run or its context belongs to somebody else by now
     */
    public void write(ClaimedRun run, List<StepRecord> steps, @Nullable Result result, long expectedVersion) {
        jdbi.useTransaction(handle -> {
            insert(handle, run, steps);
            if (result != null) {
                finish(handle, run, result, expectedVersion);
            }
        });
    }

    /** A finished step. */
    public record Result(StepRecord step, @Nullable Object output, Journal.@Nullable ContextChange change) {}

    private static void finish(Handle handle, ClaimedRun run, Result result, long expectedVersion) {
        Map<String, @Nullable Object> stored = new HashMap<>();
        stored.put("output", result.output());
        PreparedBatch batch = handle.prepareBatch(INSERT);
        bind(batch, run.id(), result.step(), Json.text(stored)).add();
        batch.execute();
        if (result.change() != null) {
            int changed = handle.createUpdate(CHANGE_CONTEXT)
                    .bind("integrationId", run.integrationId())
                    .bind("tenant", run.tenant())
                    .bind("id", run.id())
                    .bind("value", Json.text(result.change().value()))
                    .bind("expected", expectedVersion)
                    .execute();
            if (changed != 1) {
                throw new RunStopped.LeaseLost();
            }
        }
    }

    /**
     * Writes log records in the caller's transaction.
     *
     * @throws RunStopped.LeaseLost when the run belongs to somebody else by now
     */
    static void insert(Handle handle, ClaimedRun run, List<StepRecord> steps) {
        boolean owned = handle.createQuery(OWNED)
                .bind("id", run.id())
                .bind("fence", run.fence())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        if (!owned) {
            throw new RunStopped.LeaseLost();
        }
        if (steps.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        steps.forEach(step -> bind(batch, run.id(), step, null).add());
        batch.execute();
    }

    private static PreparedBatch bind(PreparedBatch batch, UUID runId, StepRecord step, @Nullable String result) {
        return batch.bind("id", runId)
                .bind("visit", step.visit())
                .bind("pointer", step.pointer())
                .bind("name", step.name())
                .bind("kind", step.kind())
                .bind("status", step.status())
                .bind("attempt", step.attempt())
                .bind("startedAt", Timestamp.from(step.startedAt()))
                .bind("duration", step.duration().toMillis())
                .bind("request", step.request() == null ? null : text(step.request()))
                .bind("response", step.response() == null ? null : text(step.response()))
                .bind("error", step.error() == null ? null : text(step.error()))
                .bind("result", result == null ? null : storable(result));
    }

    private static String text(Object value) {
        return storable(Json.text(value));
    }

    /** PostgreSQL's jsonb cannot hold the character U+0000. */
    static String storable(String json) {
        return json.replace("\\u0000", "\\uFFFD");
    }
}
