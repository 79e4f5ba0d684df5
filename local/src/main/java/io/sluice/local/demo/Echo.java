package io.sluice.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Answers with the request it got, late or with another status when asked, and remembers the latest requests. */
final class Echo {

    private static final int KEPT = 100;
    private static final int LONGEST_DELAY = 60_000;

    private final InstantSource clock;
    private final Deque<JsonNode> log = new ArrayDeque<>();

    Echo(InstantSource clock) {
        this.clock = clock;
    }

    void addTo(Router router) {
        router.on(Router.ANY, "/echo", this::echo);
        router.on(Router.ANY, "/echo/*", this::echo);
        router.on("GET", "/echo-log", _ -> Answer.json(200, logged()));
        router.on("DELETE", "/echo-log", _ -> cleared());
    }

    private Answer echo(Call call) throws InterruptedException {
        int status = call.number("status", 200, 200, 599);
        int delay = call.number("delay", 0, 0, LONGEST_DELAY);
        ObjectNode request = describe(call);
        // Before the delay, so that a caller who gives up can still be seen.
        remember(request);
        Thread.sleep(delay);
        return Answer.json(status, request);
    }

    private static ObjectNode describe(Call call) {
        ObjectNode request = DemoJson.object().put("method", call.method()).put("path", call.path());
        ObjectNode query = request.putObject("query");
        call.query().forEach((name, values) -> set(query, name, values));
        ObjectNode headers = request.putObject("headers");
        call.headers().forEach(headers::put);
        request.set("body", body(call));
        return request;
    }

    private static void set(ObjectNode query, String name, List<String> values) {
        if (values.size() == 1) {
            query.put(name, values.getFirst());
        } else {
            query.set(name, values.stream().map(TextNode::valueOf).collect(DemoJson.toArray()));
        }
    }

    /** JSON where it is called so or looks so, else the text. */
    private static JsonNode body(Call call) {
        String text = call.body();
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        if (call.contentType().contains("json") || text.startsWith("{") || text.startsWith("[")) {
            try {
                return DemoJson.MAPPER.readTree(text);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }

    private void remember(ObjectNode request) {
        ObjectNode entry = request.deepCopy().put("at", DemoJson.text(clock.instant()));
        synchronized (log) {
            log.addLast(entry);
            if (log.size() > KEPT) {
                log.removeFirst();
            }
        }
    }

    private JsonNode logged() {
        synchronized (log) {
            return log.stream().collect(DemoJson.toArray());
        }
    }

    private Answer cleared() {
        synchronized (log) {
            log.clear();
        }
        return new Answer(204, "text/plain", "", Map.of());
    }
}
