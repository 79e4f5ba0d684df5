package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Value;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a call and looks whether it fits the content type, as far as both are written down and not
 * computed. The type decides how a body is sent: JSON, and everything without a type, as JSON; a form from an object;
 * {@code multipart/form-data} from the list of its parts; with any other type a text as it is and
 * <code>{base64: …}</code> as the bytes that it stands for.
 */
final class BodyReader {

    private static final Set<String> PART = Set.of("name", "filename", "contentType", "value", "base64");

    private final Reader reader;

    BodyReader(Reader reader) {
        this.reader = reader;
    }

    @Nullable
    Value read(JsonNode with, String pointer, Map<String, Value> headers) {
        JsonNode body = with.path("body");
        String at = pointer + "/body";
        String type = contentType(headers);
        String mediaType = type.split(";", 2)[0].strip();
        if (mediaType.equals("multipart/form-data")) {
            multipart(type, body, at, pointer);
        } else if (body.has("base64") && !type.isEmpty() && !isJson(mediaType) && !isForm(mediaType)) {
            binary(body, at);
        }
        return reader.value(with, pointer, "body");
    }

    /** In small letters; empty where there is none or it is computed. */
    private static String contentType(Map<String, Value> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .filter(value -> value instanceof Value.Constant(String ignored))
                .map(value -> String.valueOf(((Value.Constant) value).value()).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    private static boolean isForm(String mediaType) {
        return mediaType.equals("application/x-www-form-urlencoded");
    }

    private void binary(JsonNode body, String pointer) {
        if (body.size() > 1) {
            reader.complain(pointer, "bytes are an object with base64 alone; write JSON as a content type for others");
        }
        base64(body.path("base64"), pointer + "/base64");
    }

    private void multipart(String type, JsonNode body, String pointer, String with) {
        if (type.contains("boundary")) {
            reader.complain(with + "/headers", "leave the boundary of multipart/form-data out: one is made");
        }
        if (isExpression(body)) {
            return;
        }
        if (!body.isArray()) {
            reader.complain(pointer, "a multipart body is the list of its parts: - {name: …, value: …}");
            return;
        }
        for (int i = 0; i < body.size(); i++) {
            if (!isExpression(body.get(i))) {
                part(body.get(i), pointer + "/" + i);
            }
        }
    }

    private void part(JsonNode part, String pointer) {
        reader.onlyKnows(part, pointer, PART);
        reader.text(part, pointer, "name");
        if (part.has("value") == part.has("base64")) {
            reader.complain(pointer, "a part has a value or base64");
        }
        if (part.has("base64")) {
            base64(part.path("base64"), pointer + "/base64");
        }
    }

    private void base64(JsonNode text, String pointer) {
        if (isExpression(text)) {
            return;
        }
        try {
            if (text.isTextual()) {
                Base64.getDecoder().decode(text.textValue().replaceAll("\\s", ""));
                return;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for what is no text at all.
        }
        reader.complain(pointer, "a text in base64, or an expression that gives one, is needed here");
    }

    private static boolean isExpression(JsonNode node) {
        return node.isTextual() && Value.isExpression(node.textValue());
    }
}
