package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Runs to be queued as arrays, one a column: one statement for any number of them. All as text, since the statement
 * casts; documents are then parsed once, where a record set in JSON would be taken apart again.
 */
final class OpenRunRows {

    private final Map<String, List<@Nullable String>> columns = new LinkedHashMap<>();

    void add(NewRun run, @Nullable Long laneNumber) {
        NewRun.Replay replay = run.replay();
        NewRun.Terms terms = run.terms();
        put("id", run.id());
        put("tenant", run.tenant());
        put("integration_id", run.integrationId());
        put("trigger", run.trigger().wireName());
        put("template", run.flow().template());
        put("flow_digest", run.flow().digest());
        put("params", document(run.params()));
        put("event", document(run.event()));
        put("requested_by", run.requestedBy());
        put("replay_of", replay == null ? null : replay.of());
        put("key_root", replay == null ? run.id() : replay.keyRoot());
        put("schedule_id", run.scheduleId());
        put("retry", terms.retry() == null ? null : Json.text(terms.retry()));
        put("retention", terms.retentionDays());
        put("lane", terms.lane() == null ? null : terms.lane().name());
        put("lane_number", laneNumber);
    }

    // As the driver's own arrays of strings: those alone it sends as they are. Others it would quote, and the server
    // would
    // take them apart again, which costs more than the rows.
    void bind(Update insert) {
        columns.forEach((column, values) ->
                insert.bind(column, (Argument) (position, statement, context) -> statement.setArray(
                        position, statement.getConnection().createArrayOf("text", values.toArray(String[]::new)))));
    }

    private void put(String column, @Nullable Object value) {
        columns.computeIfAbsent(column, name -> new ArrayList<>()).add(value == null ? null : value.toString());
    }

    private static @Nullable String document(@Nullable JsonNode node) {
        return node == null ? null : StepLogStore.text(node);
    }
}
