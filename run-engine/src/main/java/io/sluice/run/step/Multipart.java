package io.sluice.run.step;

import io.sluice.run.expression.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data} (RFC 7578), which a flow writes as the list of its parts:
 *
 * <pre>{@code
 * headers: {Content-Type: multipart/form-data}
 * body:
 *   - {name: order, value: {id: 7}}
 *   - {name: label, filename: label.pdf, contentType: application/pdf, base64: '${ content }'}
 * }</pre>
 *
 * A part has a {@code name} and either a {@code value} (a text as it is, anything else as JSON) or {@code base64}; a
 * {@code filename} makes it a file. A part whose value is nothing is left out.
 */
final class Multipart {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String boundary;

    private Multipart(String boundary) {
        this.boundary = boundary;
    }

    /** @throws InvalidRequest when it is no list of parts */
    static byte[] bytes(@Nullable Object body, String boundary) {
        if (!(body instanceof List<?> parts)) {
            throw new InvalidRequest("/body", "a multipart body is the list of its parts, each with a name");
        }
        Multipart multipart = new Multipart(boundary);
        for (int i = 0; i < parts.size(); i++) {
            multipart.add(parts.get(i), "/body/" + i);
        }
        multipart.write("--" + boundary + "--\r\n");
        return multipart.out.toByteArray();
    }

    private void add(@Nullable Object item, String where) {
        if (!(item instanceof Map<?, ?> part) || !(part.get("name") instanceof String name) || name.isEmpty()) {
            throw new InvalidRequest(where, "a part is an object with a name");
        }
        Object base64 = part.get("base64");
        Object value = part.get("value");
        if (base64 != null && value != null) {
            throw new InvalidRequest(where, "a part has a value or base64, not both");
        }
        if (base64 != null) {
            write(part, name, "application/octet-stream", Bodies.decoded(base64, where + "/base64"), where);
        } else if (value instanceof String text) {
            // Without a type a field is text (RFC 7578 §4.4), and some servers take one with a type for a file.
            write(part, name, part.get("filename") == null ? null : "text/plain; charset=utf-8", utf8(text), where);
        } else if (value != null) {
            write(part, name, "application/json", utf8(Json.text(value)), where);
        }
    }

    private void write(Map<?, ?> part, String name, @Nullable String usualType, byte[] bytes, String where) {
        Object type = part.get("contentType") == null ? usualType : part.get("contentType");
        Object filename = part.get("filename");
        write("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"");
        if (filename != null) {
            write("; filename=\"" + quoted(String.valueOf(filename)) + "\"");
        }
        if (type != null) {
            write("\r\nContent-Type: " + line(String.valueOf(type), where + "/contentType"));
        }
        write("\r\n\r\n");
        out.writeBytes(bytes);
        write("\r\n");
    }

    /** As browsers do it (WHATWG form submission): what would end the quotes or the line is percent-encoded. */
    private static String quoted(String text) {
        return text.replace("\r", "%0D")
                .replace("\n", "%0A")
                .replace("\"", "%22")
                .replace("\0", "%00");
    }

    private static String line(String text, String where) {
        if (text.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new InvalidRequest(where, "a content type has visible characters alone");
        }
        return text;
    }

    private void write(String text) {
        out.writeBytes(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
