package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.StepRecord;
import org.jspecify.annotations.Nullable;

/** Log records as rows of a JSON record set: one parameter for any number of them. */
final class StepRows {

    private StepRows() {}

    static ObjectNode row(ClaimedRun run, StepRecord step) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("run_id", run.id().toString())
                .put("retention", run.retentionDays())
                .put("visit", step.visit())
                .put("pointer", step.pointer())
                .put("name", step.name())
                .put("kind", step.kind())
                .put("status", step.status())
                .put("attempt", step.attempt())
                .put("started_at", step.startedAt().toString())
                .put("duration_ms", step.duration().toMillis());
        put(row, "request", step.request());
        put(row, "response", step.response());
        put(row, "error", step.error());
        return row;
    }

    private static void put(ObjectNode row, String name, @Nullable Object value) {
        if (value != null) {
            JsonNode tree = Json.tree(value);
            row.set(name, tree);
        }
    }
}
