package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A run's server-sent events, as they come. */
public final class RunEvents implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<Stream<String>> answer;
    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** One event; the id is empty where it has none. */
    public record Event(String id, String name, JsonNode data) {}

    RunEvents(HttpRequest request) {
        try {
            this.answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new AssertionError("The run cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        List<String> lines = new ArrayList<>();
        try (Stream<String> body = answer.body()) {
            body.forEach(line -> {
                if (line.isEmpty()) {
                    take(lines);
                    lines.clear();
                } else {
                    lines.add(line);
                }
            });
        } catch (RuntimeException e) {
            // Closed by the test.
            return;
        } finally {
            over = true;
        }
    }

    private void take(List<String> lines) {
        String data = field(lines, "data");
        if (!data.isEmpty()) {
            seen.add(new Event(field(lines, "id"), field(lines, "event"), Json.read(data)));
        }
    }

    private static String field(List<String> lines, String name) {
        StringBuilder value = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(name + ":")) {
                value.append(line.substring(name.length() + 1).strip());
            }
        }
        return value.toString();
    }

    public int status() {
        return answer.statusCode();
    }

    /** Whether the server has closed the stream. */
    public boolean isOver() {
        return over;
    }

    public List<Event> steps() {
        return seen.stream().filter(event -> event.name().equals("step")).toList();
    }

    /** The names of the steps so far. */
    public List<String> stepNames() {
        return steps().stream().map(step -> step.data().path("name").asText()).toList();
    }

    /** The statuses that were told so far. */
    public List<String> statuses() {
        return seen.stream()
                .filter(event -> event.name().equals("run"))
                .map(event -> event.data().path("status").asText())
                .toList();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
