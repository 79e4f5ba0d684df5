package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a try catches and how it retries. */
final class CatchReader {

    private final Reader reader;
    private final TaskReader tasks;

    CatchReader(Reader reader, TaskReader tasks) {
        this.reader = reader;
        this.tasks = tasks;
    }

    Task.Catch read(JsonNode node, String pointer) {
        if (!node.isObject()) {
            reader.complain(pointer, "a try needs a catch");
            return new Task.Catch(Map.of(), "error", null, null, null, null);
        }
        reader.onlyKnows(node, pointer, Set.of("errors", "as", "when", "exceptWhen", "retry", "do"));
        return new Task.Catch(
                filter(node.path("errors"), pointer + "/errors"),
                reader.variable(node, pointer, "as", "error"),
                reader.condition(node, pointer, "when"),
                reader.condition(node, pointer, "exceptWhen"),
                node.has("retry") ? retry(node.get("retry"), pointer + "/retry") : null,
                node.has("do") ? tasks.list(node.get("do"), pointer + "/do") : null);
    }

    private Map<String, Object> filter(JsonNode errors, String pointer) {
        Map<String, Object> with = new LinkedHashMap<>();
        if (errors.isMissingNode()) {
            return with;
        }
        reader.onlyKnows(errors, pointer, Set.of("with"));
        reader.onlyKnows(errors.path("with"), pointer + "/with", Set.of("status", "title", "detail"));
        errors.path("with").properties().forEach(field -> {
            @Nullable Object value = Json.plain(field.getValue());
            if (value != null) {
                with.put(field.getKey(), value);
            }
        });
        return with;
    }

    private Retry retry(JsonNode node, String pointer) {
        reader.onlyKnows(node, pointer, Set.of("delay", "backoff", "limit", "jitter"));
        JsonNode limit = node.path("limit");
        if (!limit.isMissingNode()) {
            reader.onlyKnows(limit, pointer + "/limit", Set.of("attempt", "duration"));
        }
        JsonNode count = limit.path("attempt").path("count");
        int attempts = count.isMissingNode() ? 3 : count.isIntegralNumber() ? count.asInt() : 0;
        if (attempts < 1 || attempts > Retry.MOST_ATTEMPTS) {
            reader.complain(pointer + "/limit/attempt/count", "1 to " + Retry.MOST_ATTEMPTS);
        }
        JsonNode jitter = node.path("jitter");
        if (!jitter.isMissingNode()) {
            reader.onlyKnows(jitter, pointer + "/jitter", Set.of("from", "to"));
        }
        return new Retry(
                node.has("delay")
                        ? Durations.read(node.get("delay"), pointer + "/delay", reader)
                        : Duration.ofSeconds(1),
                backoff(node.path("backoff"), pointer + "/backoff"),
                attempts,
                limit.has("duration")
                        ? Durations.read(limit.get("duration"), pointer + "/limit/duration", reader)
                        : null,
                jitter.has("from")
                        ? Durations.read(jitter.get("from"), pointer + "/jitter/from", reader)
                        : Duration.ZERO,
                jitter.has("to") ? Durations.read(jitter.get("to"), pointer + "/jitter/to", reader) : Duration.ZERO);
    }

    private Retry.Backoff backoff(JsonNode node, String pointer) {
        if (!node.isMissingNode()) {
            reader.onlyKnows(node, pointer, Set.of("constant", "linear", "exponential"));
        }
        if (node.isMissingNode() || node.has("constant")) {
            return Retry.Backoff.CONSTANT;
        }
        if (node.has("linear")) {
            return Retry.Backoff.LINEAR;
        }
        if (node.has("exponential")) {
            return Retry.Backoff.EXPONENTIAL;
        }
        reader.complain(pointer, "constant, linear or exponential, each with {}");
        return Retry.Backoff.CONSTANT;
    }
}
