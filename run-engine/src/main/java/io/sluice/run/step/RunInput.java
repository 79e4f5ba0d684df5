package io.sluice.run.step;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run begins with. */
public record RunInput(
        UUID runId,
        UUID idempotencyRoot,
        int attempt,
        Instant startedAt,
        @Nullable Object params,
        @Nullable Object event) {

    /** The flow's input: {@code {params, event, run}}. */
    Map<String, @Nullable Object> asData() {
        Map<String, @Nullable Object> run = LinkedHashMap.newLinkedHashMap(3);
        run.put("id", runId.toString());
        run.put("attempt", attempt);
        run.put("startedAt", startedAt.toString());
        Map<String, @Nullable Object> data = LinkedHashMap.newLinkedHashMap(3);
        data.put("params", params);
        data.put("event", event);
        data.put("run", run);
        return data;
    }
}
