package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.regex.Pattern;
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

    private static final String CONTEXT_AT_START = """
            update run r
               set context_at_start = coalesce(
                       r.context_at_start,
                       (select c.value from flow_context c
                         where c.integration_id = :integrationId and c.tenant = :tenant),
                       'null'::jsonb)
             where r.id = :id and r.tenant = :tenant
            returning r.context_at_start
            """;

    private static final String CHANGE_CONTEXT = """
            insert into flow_context (integration_id, tenant, version, value, changed_by, changed_at)
            values (:integrationId, :tenant, 1, :value::jsonb, :id, now())
            on conflict (integration_id) do update
               set version = flow_context.version + 1, value = excluded.value, changed_by = excluded.changed_by,
                   changed_at = excluded.changed_at
             where flow_context.tenant = excluded.tenant and flow_context.version = :expected
            """;

    /** The escape, not a backslash (itself escaped) that is followed by these characters. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

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

    /** @param usesContext whether the flow exports, so that the context matters */
    public Memory memory(ClaimedRun run, boolean usesContext) {
        return jdbi.inTransaction(handle -> {
            Map<String, Journal.Stored> results = new HashMap<>();
            Map<String, Integer> attempts = new HashMap<>();
            // Not by the attempt: a run that was given back at shutdown does not count one.
            if (run.fence() > 1) {
                handle.createQuery("select visit, result from run_step where run_id = :id")
                        .bind("id", run.id())
                        .map((row, context) ->
                                Map.entry(row.getString("visit"), Optional.ofNullable(row.getString("result"))))
                        .forEach(step -> {
                            attempts.merge(step.getKey(), 1, Integer::sum);
                            step.getValue().ifPresent(result -> results.put(step.getKey(), stored(Json.parse(result))));
                        });
            }
            return usesContext
                    ? new Memory(results, attempts, contextAtStart(handle, run), version(handle, run))
                    : new Memory(results, attempts, null, 0);
        });
    }

    private static long version(Handle handle, ClaimedRun run) {
        return handle.createQuery("select version from flow_context where integration_id = :id and tenant = :tenant")
                .bind("id", run.integrationId())
                .bind("tenant", run.tenant())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Noted at the first attempt, so that every later one computes the same from it. */
    private static @Nullable Object contextAtStart(Handle handle, ClaimedRun run) {
        return handle.createQuery(CONTEXT_AT_START)
                .bind("id", run.id())
                .bind("integrationId", run.integrationId())
                .bind("tenant", run.tenant())
                .mapTo(String.class)
                .findOne()
                .map(value -> Json.plain(Json.parse(value)))
                .orElse(null);
    }

    private static Journal.Stored stored(JsonNode result) {
        Journal.ContextChange change =
                result.has("context") ? new Journal.ContextChange(Json.plain(result.get("context"))) : null;
        return new Journal.Stored(Json.plain(result.get("output")), change);
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
        if (result.change() != null) {
            stored.put("context", result.change().value());
        }
        PreparedBatch batch = handle.prepareBatch(INSERT);
        bind(batch, run.id(), result.step(), Json.text(stored)).add();
        batch.execute();
        if (result.change() != null) {
            int changed = handle.createUpdate(CHANGE_CONTEXT)
                    .bind("integrationId", run.integrationId())
                    .bind("tenant", run.tenant())
                    .bind("id", run.id())
                    .bind("value", storable(Json.text(result.change().value())))
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

    static String text(Object value) {
        return storable(Json.text(value));
    }

    /** PostgreSQL's jsonb cannot hold the character U+0000. */
    static String storable(String json) {
        return NUL.matcher(json).replaceAll("$1\\\\uFFFD");
    }
}
