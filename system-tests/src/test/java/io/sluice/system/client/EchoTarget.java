package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One address of the demo's echo. Its log keeps the latest 100 requests of all addresses. */
public final class EchoTarget {

    private final DemoApi demo;
    private final String path;

    EchoTarget(DemoApi demo, String path) {
        this.demo = demo;
        this.path = path;
    }

    public String path() {
        return path;
    }

    public String url() {
        return demo.url(path);
    }

    /** With {@code delay} (milliseconds) or {@code status}. */
    public String url(String query) {
        return url() + "?" + query;
    }

    public List<JsonNode> requests() {
        return demo.echoLog()
                .valueStream()
                .filter(request -> request.path("path").asText().equals(path))
                .toList();
    }

    public JsonNode awaitRequest() {
        return awaitRequests(1).getFirst();
    }

    public List<JsonNode> awaitRequests(int least) {
        return Patience.soon().until(this::requests, found -> found.size() >= least);
    }

    /** The different keys of the writes that came: as many as there were writes, however often each was sent. */
    public Set<String> idempotencyKeys() {
        return requests().stream()
                .map(request -> request.at("/headers/idempotency-key").asText())
                .collect(Collectors.toSet());
    }
}
