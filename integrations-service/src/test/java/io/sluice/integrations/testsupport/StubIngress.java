package io.sluice.integrations.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A webhook-ingress-service that answers what a test has set of calls and runs, and keeps what it was asked; it runs
 * nothing.
 */
public final class StubIngress implements AutoCloseable {

    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final List<Question> ASKED = new CopyOnWriteArrayList<>();

    private static final String BASE = "/internal/v1/webhooks/";
    private static final String REST = "/internal/v1";

    private final HttpServer server;

    private record Answer(int status, String body) {}

    private static final Answer UNKNOWN = new Answer(404, Problems.json("not-found", 404, "No such thing."));

    /** Of runs nothing is known unless a test says so. */
    private static final Answer AWAY = new Answer(503, "");

    /** What it was asked. */
    public record Question(String method, String path, String query, String body, String authorization) {}

    /** Answers a path below {@code /internal/v1/webhooks/}; after a slash, one below {@code /internal/v1}. */
    public static void answers(String path, int status, String body) {
        ANSWERS.put(path, new Answer(status, body));
    }

    /** Breaks the connection instead of an answer. */
    public static void breaksAt(String path) {
        ANSWERS.put(path, new Answer(0, ""));
    }

    /** What was asked at a path, the newest last. */
    public static List<Question> asked(String path) {
        return ASKED.stream().filter(question -> question.path().equals(path)).toList();
    }

    /** Whether anything was asked about the calls of an integration. */
    public static boolean knowsOf(String integrationId) {
        return ASKED.stream()
                .map(Question::path)
                .anyMatch(path -> !path.startsWith("/") && path.contains(integrationId));
    }

    private StubIngress(HttpServer server) {
        this.server = server;
    }

    static StubIngress started() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext(BASE, exchange -> handle(exchange, BASE));
            server.createContext(REST + "/", exchange -> handle(exchange, REST));
            server.start();
            return new StubIngress(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void handle(HttpExchange exchange, String below) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(below.length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ASKED.add(new Question(
                exchange.getRequestMethod(),
                path,
                String.valueOf(exchange.getRequestURI().getQuery()),
                body,
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
        Answer answer = ANSWERS.getOrDefault(path, below.equals(BASE) ? UNKNOWN : AWAY);
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
