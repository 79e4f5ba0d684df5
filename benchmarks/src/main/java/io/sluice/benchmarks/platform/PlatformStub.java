package io.sluice.benchmarks.platform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.run.expression.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Plays integrations-service: the feed of deployments, and one flow. */
public final class PlatformStub implements AutoCloseable {

    private static final String EPOCH = "benchmark";
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final String FLOW = """
            {"document": {"dsl": "1.0.3", "namespace": "benchmarks", "name": "done", "version": "1.0.0"},
             "evaluate": {"language": "jsonata"},
             "do": [{"done": {"set": {"ok": true}}}]}
            """;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<ObjectNode> items = new ArrayList<>();
    private long inForce;

    public PlatformStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/internal/v1/deployments", this::follow);
        server.createContext("/internal/v1/flows/", exchange -> answer(exchange, FLOW));
        new IdentityStub(url()).on(server);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns when the service has all of them. */
    public void deploy(List<ObjectNode> deployments) {
        long last;
        synchronized (this) {
            for (ObjectNode deployment : deployments) {
                items.add(deployment.put("revision", items.size() + 1L));
            }
            last = items.size();
            notifyAll();
        }
        Waiting.until(
                () -> inForce() >= last, Duration.ofMillis(20), Duration.ofSeconds(60), "deployments not in force");
    }

    private synchronized long inForce() {
        return inForce;
    }

    private void follow(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        long after = Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1"));
        answer(exchange, page(query.contains("epoch=" + EPOCH) ? after : 0));
    }

    /** Who asks for what comes after a revision has all up to it. */
    private synchronized String page(long after) {
        inForce = Math.max(inForce, after);
        long until = System.nanoTime() + LONGEST.toNanos();
        long left = LONGEST.toNanos();
        while (items.size() <= after && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            left = until - System.nanoTime();
        }
        ObjectNode page = Json.MAPPER.createObjectNode();
        page.put("epoch", EPOCH).put("revision", items.size());
        ArrayNode array = page.putArray("items");
        items.subList((int) after, items.size()).forEach(array::add);
        return page.toString();
    }

    static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange;
                var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
