package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import io.sluice.run.expression.Pointers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a try catches and how it retries. */
final class CatchReader {

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final Set<String> BACKOFFS = Set.of("constant", "linear", "exponential");

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
        JsonNode wanted = errors.path("with");
        reader.onlyKnows(wanted, pointer + "/with", Set.of("status", "title", "detail"));
        if (wanted.isObject() && wanted.isEmpty()) {
            reader.complain(pointer + "/with", "status, title or detail is needed here; leave errors out to catch all");
        }
        wanted.properties().forEach(field -> {
            constant(field.getKey(), field.getValue(), pointer + "/with/" + Pointers.escape(field.getKey()));
            @Nullable Object value = Json.plain(field.getValue());
            if (value != null) {
                with.put(field.getKey(), value);
            }
        });
        return with;
    }

    /** What a caught error is compared with, as it is written. */
    private void constant(String field, JsonNode value, String pointer) {
        if (value.isTextual() && value.textValue().contains("${")) {
            reader.complain(pointer, "is compared as it is written; use catch.when for an expression");
        } else if (field.equals("status")) {
            if (!value.isIntegralNumber() || value.asInt() < 100 || value.asInt() > 599) {
                reader.complain(pointer, "a number from 100 to 599, such as 404");
            }
        } else if (!value.isTextual()) {
            reader.complain(pointer, "a text is needed here");
        }
    }

    private Retry retry(JsonNode node, String pointer) {
        reader.onlyKnows(node, pointer, Set.of("delay", "backoff", "limit", "jitter"));
        JsonNode limit = node.path("limit");
        if (!limit.isMissingNode()) {
            reader.onlyKnows(limit, pointer + "/limit", Set.of("attempt", "duration"));
            if (limit.isObject() && limit.isEmpty()) {
                reader.complain(pointer + "/limit", "attempt or duration is needed here");
            }
        }
        Duration from = Duration.ZERO;
        Duration to = Duration.ZERO;
        JsonNode jitter = node.path("jitter");
        if (!jitter.isMissingNode()) {
            reader.onlyKnows(jitter, pointer + "/jitter", Set.of("from", "to"));
            from = Durations.read(jitter.path("from"), pointer + "/jitter/from", reader);
            to = Durations.read(jitter.path("to"), pointer + "/jitter/to", reader);
            if (from.compareTo(to) > 0) {
                reader.complain(pointer + "/jitter/to", "is less than from");
            }
        }
        return new Retry(
                node.has("delay")
                        ? Durations.read(node.get("delay"), pointer + "/delay", reader)
                        : Duration.ofSeconds(1),
                backoff(node.path("backoff"), pointer + "/backoff"),
                attempts(limit.path("attempt"), pointer + "/limit/attempt"),
                limit.has("duration")
                        ? Durations.some(limit.get("duration"), pointer + "/limit/duration", reader)
                        : null,
                from,
                to);
    }

    private int attempts(JsonNode attempt, String pointer) {
        if (attempt.isMissingNode()) {
            return DEFAULT_ATTEMPTS;
        }
        reader.onlyKnows(attempt, pointer, Set.of("count"));
        JsonNode count = attempt.path("count");
        if (!count.isIntegralNumber() || count.asInt() < 1 || count.asInt() > Retry.MOST_ATTEMPTS) {
            reader.complain(pointer + "/count", "a number from 1 to " + Retry.MOST_ATTEMPTS);
        }
        return count.asInt();
    }

    private Retry.Backoff backoff(JsonNode node, String pointer) {
        if (node.isMissingNode()) {
            return Retry.Backoff.CONSTANT;
        }
        reader.onlyKnows(node, pointer, BACKOFFS);
        if (node.size() != 1) {
            reader.complain(pointer, "one of constant, linear and exponential, each with {}");
        }
        node.properties().stream()
                .filter(kind -> BACKOFFS.contains(kind.getKey()))
                .forEach(kind -> reader.onlyKnows(kind.getValue(), pointer + "/" + kind.getKey(), Set.of()));
        if (node.has("linear")) {
            return Retry.Backoff.LINEAR;
        }
        return node.has("exponential") ? Retry.Backoff.EXPONENTIAL : Retry.Backoff.CONSTANT;
    }
}
