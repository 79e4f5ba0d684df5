package io.sluice.ingress.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Plays integrations-service: the deployments feed and the flows. Tests fill it by HTTP, since Quarkus loads them apart
 * from what starts it: {@code POST /test/deployments}, {@code PUT /test/flows/{digest}}, {@code GET /test/in-force}.
 */
public final class FeedStub {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EPOCH = "the-stub";

    private final HttpServer server;
    private final Map<String, ObjectNode> deployments = new HashMap<>();
    private final Map<String, String> flows = new HashMap<>();
    private long revision;
    private long inForce;

    public FeedStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/v1/deployments", this::follow);
        server.createContext("/internal/v1/flows/", this::flow);
        server.createContext("/test/deployments", this::deploy);
        server.createContext("/test/flows/", this::keep);
        server.createContext("/test/in-force", exchange -> answer(exchange, 200, String.valueOf(inForce())));
    }

    public String start() {
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void stop() {
        server.stop(0);
    }

    private void follow(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        long after = Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1"));
        // Another epoch reads all again.
        String page = page(query.contains("epoch=" + EPOCH) ? after : 0);
        answer(exchange, 200, page);
    }

    private synchronized String page(long after) {
        inForce = Math.max(inForce, after);
        notifyAll();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (revision <= after && System.nanoTime() < until) {
            try {
                wait(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        List<ObjectNode> items = new ArrayList<>(deployments.values());
        items.removeIf(item -> item.path("revision").asLong() <= after);
        items.sort((a, b) ->
                Long.compare(a.path("revision").asLong(), b.path("revision").asLong()));
        ObjectNode page = JSON.createObjectNode();
        page.put("epoch", EPOCH);
        page.put(
                "revision",
                items.isEmpty() ? after : items.getLast().path("revision").asLong());
        ArrayNode array = page.putArray("items");
        items.forEach(array::add);
        return page.toString();
    }

    private void flow(HttpExchange exchange) throws IOException {
        String document;
        synchronized (this) {
            document = flows.get(last(exchange));
        }
        answer(exchange, document == null ? 404 : 200, document == null ? "{}" : document);
    }

    private void deploy(HttpExchange exchange) throws IOException {
        JsonNode item = JSON.readTree(exchange.getRequestBody());
        long taken;
        synchronized (this) {
            taken = ++revision;
            ObjectNode numbered = ((ObjectNode) item).put("revision", taken);
            deployments.put(item.path("integrationId").asText(), numbered);
            notifyAll();
        }
        answer(exchange, 200, String.valueOf(taken));
    }

    private void keep(HttpExchange exchange) throws IOException {
        String document = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (this) {
            flows.put(last(exchange), document);
        }
        answer(exchange, 200, "{}");
    }

    private synchronized long inForce() {
        return inForce;
    }

    private static String last(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange;
                var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
