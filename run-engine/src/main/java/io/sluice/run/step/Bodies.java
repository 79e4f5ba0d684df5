package io.sluice.run.step;

import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Task;
import io.sluice.run.http.HttpAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Data of flows as it goes over the wire, and back. */
final class Bodies {

    private Bodies() {}

    /** A body by its content type: form fields, text as it is, everything else as JSON. */
    static byte @Nullable [] bytes(@Nullable Object body, Map<String, String> headers) {
        if (body == null) {
            return null;
        }
        String type = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/json")
                .toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded") && body instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> named = new LinkedHashMap<>();
            fields.forEach((name, value) -> named.put(String.valueOf(name), value));
            return utf8(encoded(named));
        }
        if (body instanceof String text && !isJson(type)) {
            return utf8(text);
        }
        return utf8(Json.text(body));
    }

    static String withQuery(String url, Map<String, @Nullable Object> query) {
        String encoded = encoded(query);
        if (encoded.isEmpty()) {
            return url;
        }
        int fragment = url.indexOf('#');
        String base = fragment < 0 ? url : url.substring(0, fragment);
        return base + (base.indexOf('?') >= 0 ? "&" : "?") + encoded;
    }

    /** Nothing is left out as a parameter; a list is repeated. */
    private static String encoded(Map<String, @Nullable Object> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> {
            for (Object item : value instanceof List<?> list ? list : java.util.Collections.singletonList(value)) {
                text(item).ifPresent(text -> pairs.add(encoded(name) + "=" + encoded(text)));
            }
        });
        return String.join("&", pairs);
    }

    private static String encoded(String text) {
        // A space as %20 is read alike in a path, a query and a form; a plus is not.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Optional<String> text(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case Boolean bool -> Optional.of(bool.toString());
            default -> Optional.of(Json.text(value));
        };
    }

    /** @throws ExpressionException when the value would begin a header of its own */
    static String headerSafe(String value) {
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new ExpressionException("a header's value must not have line breaks");
        }
        return value;
    }

    static @Nullable Object result(HttpAnswer answer, Task.Output output) {
        return switch (output) {
            case CONTENT -> content(answer);
            case RAW -> Base64.getEncoder().encodeToString(answer.body());
            case RESPONSE -> {
                Map<String, @Nullable Object> response = new LinkedHashMap<>();
                response.put("status", answer.status());
                response.put("headers", answer.headers());
                response.put("content", content(answer));
                yield response;
            }
        };
    }

    private static @Nullable Object content(HttpAnswer answer) {
        if (answer.body().length == 0) {
            return null;
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (isJson(answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT))) {
            try {
                return Json.plain(Json.parse(text));
            } catch (IllegalArgumentException e) {
                // It says JSON and is not: the flow gets what came, so that its author can see it.
                return text;
            }
        }
        return text;
    }

    private static boolean isJson(String contentType) {
        String type = contentType.split(";", 2)[0].strip();
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
