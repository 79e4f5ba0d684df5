package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** A call as the flow sees it: {@code {method, headers, query, body, contentType, receivedAt}}. */
final class EventOf {

    /** What proves the sender's identity is not data: flows and logs do without it. */
    private static final Set<String> HIDDEN = Set.of("authorization", "cookie", "proxy-authorization");

    private EventOf() {}

    static JsonNode call(IncomingCall call, Instant receivedAt) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("method", call.method());
        ObjectNode headers = event.putObject("headers");
        call.headers().forEach((name, values) -> {
            if (!HIDDEN.contains(name)) {
                headers.put(name, String.join(", ", values));
            }
        });
        int mark = call.pathAndQuery().indexOf('?');
        event.set("query", fields(mark < 0 ? "" : call.pathAndQuery().substring(mark + 1)));
        event.set("body", body(call));
        event.put("contentType", call.contentType());
        event.put("receivedAt", receivedAt.toString());
        return event;
    }

    private static JsonNode body(IncomingCall call) {
        if (call.body().length == 0) {
            return JsonNodeFactory.instance.nullNode();
        }
        String type = call.mediaType();
        String text = new String(call.body(), StandardCharsets.UTF_8);
        if (type.equals("application/x-www-form-urlencoded")) {
            return fields(text);
        }
        if (type.isEmpty() || type.equals("application/json") || type.endsWith("+json")) {
            try {
                return Json.parse(text);
            } catch (IllegalArgumentException e) {
                return JsonNodeFactory.instance.textNode(text);
            }
        }
        // A replacement character says that the bytes are no text; base64 keeps them exact.
        return (type.startsWith("text/") || type.endsWith("xml")) && text.indexOf('\uFFFD') < 0
                ? JsonNodeFactory.instance.textNode(text)
                : JsonNodeFactory.instance.textNode(Base64.getEncoder().encodeToString(call.body()));
    }

    /** A field that comes several times is a list. */
    private static ObjectNode fields(String encoded) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                JsonNode before = fields.get(name);
                if (before == null) {
                    fields.put(name, value);
                } else if (before instanceof ArrayNode values) {
                    values.add(value);
                } else {
                    fields.putArray(name).add(before).add(value);
                }
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
