package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The demo systems on a free port, with a client that speaks to each of them. */
final class RunningDemo implements AutoCloseable {

    private static final List<Duration> QUICK =
            List.of(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final DemoSystems systems;

    private RunningDemo(DemoSystems systems) {
        this.systems = systems;
    }

    static RunningDemo in(Path directory, InstantSource clock) {
        try {
            return new RunningDemo(DemoSystems.start(0, directory, clock, QUICK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String json) {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    HttpResponse<String> form(String path, String form) {
        return send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded");
    }

    HttpResponse<String> warehouse(String method, String path, String json) {
        return send(method, path, json, "Authorization", basic("warehouse", "warehouse-password"));
    }

    HttpResponse<String> woo(String method, String path, String json) {
        return send(
                method,
                "/shop/wp-json/wc/v3/" + path,
                json,
                "Authorization",
                basic("ck_demo", "cs_demo"),
                "Content-Type",
                "application/json");
    }

    HttpResponse<String> unleashed(String method, String path, String query, String json) {
        return unleashed(method, path, query, json, Signatures.unleashed("demo-warehouse-key", query));
    }

    HttpResponse<String> unleashed(String method, String path, String query, String json, String signature) {
        return send(
                method,
                "/warehouse/" + path + (query.isEmpty() ? "" : "?" + query),
                json,
                "api-auth-id",
                "demo-warehouse-id",
                "api-auth-signature",
                signature,
                "Accept",
                "application/json",
                "Content-Type",
                "application/json");
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(systems.baseUri() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    JsonNode state() {
        return json(get("/state"));
    }

    /** Waits for what happens off the request. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not happen within ten seconds: " + state());
            }
            Thread.onSpinWait();
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return DemoJson.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    @Override
    public void close() {
        systems.close();
        client.close();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
