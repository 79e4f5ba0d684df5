package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.Journal;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Steps and contexts in PostgreSQL; every write shows the run's fence. */
public final class StepLogStore {

    // The lock keeps a take-over waiting until this commit, so that nothing is written under an old fence. Of two
    // results of one visit (a read that a flow's retry repeated) the first counts; the log keeps both.
    private static final String INSERT = """
            with owned as (
                select 1 from open_run where id = :id and fence = :fence and worker is not null for share)
            insert into run_step (run_id, retention, visit, pointer, name, kind, status, attempt, started_at, duration_ms,
                                  request, response, error, result)
            select s.run_id, s.retention, s.visit, s.pointer, s.name, s.kind, s.status, s.attempt, s.started_at,
                   s.duration_ms, s.request, s.response, s.error,
                   case when not exists (select 1 from run_step before
                                          where before.run_id = :id and before.retention = :retention
                                            and before.visit = s.visit and before.result is not null)
                        then s.result end
              from owned
             cross join jsonb_to_recordset(:steps::jsonb) as s (
                       run_id uuid, retention integer, visit text, pointer text, name text, kind text, status text,
                       attempt integer, started_at timestamptz, duration_ms bigint, request jsonb, response jsonb,
                       error jsonb, result jsonb)
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
        if (!run.hasPast() && !usesContext) {
            return new Memory(new HashMap<>(), new HashMap<>(), null, 0);
        }
        return jdbi.inTransaction(handle -> {
            Map<String, Journal.Stored> results = new HashMap<>();
            Map<String, Integer> attempts = new HashMap<>();
            if (run.hasPast()) {
                remember(handle, run, results, attempts);
            }
            ContextStore.AtStart context =
                    usesContext ? ContextStore.atStart(handle, run) : new ContextStore.AtStart(null, 0);
            return new Memory(results, attempts, context.value(), context.version());
        });
    }

    private static void remember(
            Handle handle, ClaimedRun run, Map<String, Journal.Stored> results, Map<String, Integer> attempts) {
        handle.createQuery("select visit, result, reused from run_step where run_id = :id and retention = :retention")
                .bind("id", run.id())
                .bind("retention", run.retentionDays())
                .map((row, context) -> new Past(
                        row.getString("visit"), Optional.ofNullable(row.getString("result")), row.getBoolean("reused")))
                .forEach(step -> {
                    if (!step.reused()) {
                        attempts.merge(step.visit(), 1, Integer::sum);
                    }
                    step.result().ifPresent(result -> results.put(step.visit(), stored(Json.parse(result))));
                });
    }

    private record Past(String visit, Optional<String> result, boolean reused) {}

    private static Journal.Stored stored(JsonNode result) {
        Journal.ContextChange change =
                result.has("context") ? new Journal.ContextChange(Json.plain(result.get("context"))) : null;
        return new Journal.Stored(Json.plain(result.get("output")), change);
    }

    /** A finished step. */
    public record Result(StepRecord step, @Nullable Object output, Journal.@Nullable ContextChange change) {}

    /**
     * Writes log records, the last of which may carry a result and a new context.
     *
     * @param expectedVersion the context's version that the change was made from
     * @throws RunStopped.LeaseLost when the run or its context belongs to somebody else by now
     */
    public void write(ClaimedRun run, List<StepRecord> steps, @Nullable Result result, long expectedVersion) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        steps.forEach(step -> rows.add(StepRows.row(run, step)));
        if (result != null) {
            rows.add(finished(run, result));
        }
        if (rows.isEmpty()) {
            return;
        }
        Journal.ContextChange change = result == null ? null : result.change();
        if (change == null) {
            // One statement, one commit.
            jdbi.useHandle(handle -> insert(handle, run, rows));
            return;
        }
        jdbi.useTransaction(handle -> {
            insert(handle, run, rows);
            ContextStore.export(handle, run, storable(Json.text(change.value())), expectedVersion);
        });
    }

    private static ObjectNode finished(ClaimedRun run, Result result) {
        ObjectNode row = StepRows.row(run, result.step());
        ObjectNode stored = row.putObject("result");
        stored.set("output", Json.tree(result.output()));
        if (result.change() != null) {
            stored.set("context", Json.tree(result.change().value()));
        }
        return row;
    }

    private static void insert(Handle handle, ClaimedRun run, ArrayNode rows) {
        int written = handle.createUpdate(INSERT)
                .bind("id", run.id())
                .bind("fence", run.fence())
                .bind("retention", run.retentionDays())
                .bind("steps", text(rows))
                .execute();
        if (written == 0) {
            throw new RunStopped.LeaseLost();
        }
    }

    static String text(Object value) {
        return storable(Json.text(value));
    }

    /** PostgreSQL's jsonb cannot hold the character U+0000. */
    static String storable(String json) {
        // Looked for first: the pattern takes a hundred times as long, and there is hardly ever one.
        return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1\\\\uFFFD") : json;
    }
}
