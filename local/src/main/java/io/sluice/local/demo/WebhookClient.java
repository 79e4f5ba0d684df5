package io.sluice.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts webhooks: one attempt, no redirects, and never more of the answer than we show. */
final class WebhookClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Bounds how long one slow receiver holds up the deliveries queued behind it. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private static final int MOST_CHARACTERS = 500;

    /** HTTP/1.1, since the upgrade to HTTP/2 adds headers that the vendors do not send. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    Reply post(String url, Map<String, String> headers, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(ANSWER_TIMEOUT)
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::setHeader);
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Reply.Answered(response.statusCode(), beginning(response));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Unreachable("Stopped while waiting for the answer");
        } catch (IOException | IllegalArgumentException e) {
            String message = e.getMessage();
            return new Reply.Unreachable(
                    message == null
                            ? e.getClass().getSimpleName()
                            : cut(e.getClass().getSimpleName() + ": " + message));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static String beginning(HttpResponse<InputStream> response) throws IOException {
        try (InputStream stream = response.body()) {
            // A character takes at most four bytes.
            return cut(new String(stream.readNBytes(MOST_CHARACTERS * 4), StandardCharsets.UTF_8));
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
