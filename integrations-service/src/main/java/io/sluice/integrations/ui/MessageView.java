package io.sluice.integrations.ui;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request or a response as it is read.
 *
 * @param id of its element on the page
 * @param download where its body is a file; empty when it has none
 * @param cut whether the log holds only the beginning of the body
 */
public record MessageView(
        String id, String firstLine, List<Header> headers, String body, String size, String download, boolean cut) {

    /** What the log keeps of a body. */
    private static final long LOGGED = 64 * 1024;

    /** One of a message. */
    public record Header(String name, String value) {}

    static MessageView of(HttpRequestLog request, String id, String download) {
        return of(
                request.method() + " " + request.url(),
                request.headers(),
                request.body(),
                request.bodyBytes(),
                id,
                download);
    }

    static MessageView of(HttpResponseLog response, String id, String download) {
        return of(
                firstLine(response.status()), response.headers(), response.body(), response.bodyBytes(), id, download);
    }

    private static MessageView of(
            String firstLine,
            Map<String, String> headers,
            @Nullable String logged,
            long bodyBytes,
            String id,
            String download) {
        String body = Objects.requireNonNullElse(logged, "");
        return new MessageView(
                id,
                firstLine,
                headers.entrySet().stream()
                        .map(header -> new Header(header.getKey(), header.getValue()))
                        .toList(),
                Pretty.text(body),
                size(bodyBytes),
                body.isEmpty() ? "" : download,
                bodyBytes > LOGGED);
    }

    /** With the words that belong to the status, where it has any. */
    private static String firstLine(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? String.valueOf(status) : status + " " + known.getReasonPhrase();
    }

    /** All of it, as two are compared. */
    String text() {
        String head = headers.stream()
                .map(header -> header.name() + ": " + header.value() + "\n")
                .collect(Collectors.joining());
        return firstLine + "\n" + head + "\n" + body;
    }

    static String size(long bytes) {
        if (bytes == 1) {
            return "1 byte";
        }
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024.0));
    }
}
