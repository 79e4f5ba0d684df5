package io.sluice.run.step;

import com.dashjoin.jsonata.Functions;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Data of flows as it goes over the wire, and back. */
final class Bodies {

    private static final String CONTENT_TYPE = "content-type";
    private static final String MULTIPART = "multipart/form-data";

    private Bodies() {}

    /**
     * A body by the content type that the flow gives: form fields, parts (see {@link Multipart}), text as it is,
     * {@code {base64: …}} as the bytes that it stands for, everything else as JSON.
     *
     * @param headers the type of a multipart body gets its boundary there
     * @param boundary made where it is needed
     * @throws InvalidRequest when the body does not fit its type
     */
    static byte @Nullable [] bytes(@Nullable Object body, Map<String, String> headers, Supplier<String> boundary) {
        if (body == null) {
            return null;
        }
        String type = contentType(headers).orElse("application/json").toLowerCase(Locale.ROOT);
        if (mediaType(type).equals(MULTIPART)) {
            return multipart(body, headers, boundary.get());
        }
        if (isJson(type)) {
            return utf8(Json.text(body));
        }
        return switch (body) {
            case Map<?, ?> fields when mediaType(type).equals("application/x-www-form-urlencoded") -> form(fields);
            case Map<?, ?> binary
            when binary.size() == 1 && binary.containsKey("base64") -> decoded(binary.get("base64"), "/body/base64");
            case String text -> utf8(text);
            default -> utf8(Json.text(body));
        };
    }

    private static byte[] multipart(Object body, Map<String, String> headers, String boundary) {
        headers.keySet().removeIf(CONTENT_TYPE::equalsIgnoreCase);
        headers.put("Content-Type", MULTIPART + "; boundary=" + boundary);
        return Multipart.bytes(body, boundary);
    }

    private static byte[] form(Map<?, ?> fields) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        fields.forEach((name, value) -> named.put(String.valueOf(name), value));
        return utf8(encoded(named));
    }

    /** @throws InvalidRequest when it is no base64 */
    static byte[] decoded(@Nullable Object base64, String where) {
        if (!(base64 instanceof String text)) {
            throw new InvalidRequest(where, "bytes are written as a text in base64");
        }
        try {
            // The one for MIME would pass over what does not belong there, and send something else.
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest(where, "this is no base64");
        }
    }

    private static Optional<String> contentType(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(CONTENT_TYPE))
                .map(Map.Entry::getValue)
                .findFirst();
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
            // 1000.0 is 1000 to everyone but Java.
            case Double number -> Optional.ofNullable(Functions.string(number, false));
            case Number number -> Optional.of(number.toString());
            case Boolean bool -> Optional.of(bool.toString());
            default -> Optional.of(Json.text(value));
        };
    }

    static @Nullable Object result(HttpAnswer answer, Task.Output output) {
        return switch (output) {
            case CONTENT -> Content.of(answer);
            case RAW -> Base64.getEncoder().encodeToString(answer.body());
            case RESPONSE -> {
                Map<String, @Nullable Object> response = new LinkedHashMap<>();
                response.put("status", answer.status());
                response.put("headers", answer.headers());
                response.put("content", Content.of(answer));
                yield response;
            }
        };
    }

    static boolean isJson(String contentType) {
        String type = mediaType(contentType);
        return type.equals("application/json") || type.endsWith("+json");
    }

    /** Without its parameters. */
    static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
