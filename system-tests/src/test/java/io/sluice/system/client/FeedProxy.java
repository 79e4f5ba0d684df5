package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a service and the deployments feed: passes on what is said, and says again what was said before. */
public final class FeedProxy implements AutoCloseable {

    private static final String FEED = "/internal/v1/deployments";

    private final URI behind;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger repetitions = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile List<JsonNode> again = List.of();

    private FeedProxy(URI behind, HttpServer server) {
        this.behind = behind;
        this.server = server;
    }

    public static FeedProxy before(URI integrations) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            FeedProxy proxy = new FeedProxy(integrations, server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", proxy::handle);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was said of an integration until now, oldest first. */
    public List<JsonNode> said(String integrationId) {
        return said.stream()
                .filter(item -> item.path("integrationId").asText().equals(integrationId))
                .toList();
    }

    /** Says these in pages of their own, one each; returns when all have been taken. */
    public void repeat(List<JsonNode> items) {
        for (JsonNode item : items) {
            int before = taken.get();
            again = List.of(item);
            Patience.soon().until(() -> taken.get() > before);
        }
    }

    /** How many pages were said again. */
    public int repetitions() {
        return repetitions.get();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            boolean feed = asked.getPath().equals(FEED);
            if (feed && repetitions.get() > taken.get()) {
                // Whoever asks on has taken what it was told before.
                taken.incrementAndGet();
            }
            List<JsonNode> old = again;
            if (feed && !old.isEmpty()) {
                again = List.of();
                repetitions.incrementAndGet();
                answer(exchange, 200, Json.write(page(asked, old)));
                return;
            }
            HttpResponse<String> real = pass(exchange, asked);
            if (feed && real.statusCode() == 200) {
                Json.read(real.body()).path("items").forEach(said::add);
            }
            answer(exchange, real.statusCode(), real.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The position stays. */
    private static Map<String, Object> page(URI asked, List<JsonNode> items) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("epoch", parameter(asked, "epoch"));
        page.put("items", new ArrayList<>(items));
        page.put("revision", Long.parseLong(parameter(asked, "after")));
        return page;
    }

    private static String parameter(URI asked, String name) {
        for (String pair : asked.getQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        throw new AssertionError("no " + name + " in " + asked);
    }

    /** Waits for news no longer than a second, so that what is to be said again need not wait either. */
    private HttpResponse<String> pass(HttpExchange exchange, URI asked) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(behind + asked.toString().replace("wait=20s", "wait=1s")));
        @Nullable String bearer = exchange.getRequestHeaders().getFirst("Authorization");
        if (bearer != null) {
            request.header("Authorization", bearer);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
