package io.sluice.run.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs to be queued as rows of a JSON record set: one parameter for any number of them. */
final class OpenRunRows {

    private OpenRunRows() {}

    static ObjectNode row(NewRun run, @Nullable Long laneNumber) {
        NewRun.Replay replay = run.replay();
        NewRun.Terms terms = run.terms();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("id", run.id().toString())
                .put("tenant", run.tenant())
                .put("integration_id", run.integrationId().toString())
                .put("trigger", run.trigger().wireName())
                .put("template", run.flow().template())
                .put("flow_digest", run.flow().digest())
                .put("requested_by", run.requestedBy())
                .put("replay_of", replay == null ? null : replay.of().toString())
                .put("key_root", (replay == null ? run.id() : replay.keyRoot()).toString())
                .put("schedule_id", text(run.scheduleId()))
                .put("retention", terms.retentionDays())
                .put("lane", terms.lane() == null ? null : terms.lane().name())
                .put("lane_number", laneNumber);
        row.set("params", run.params());
        row.set("event", run.event());
        row.set("retry", terms.retry() == null ? null : Json.tree(terms.retry()));
        return row;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
