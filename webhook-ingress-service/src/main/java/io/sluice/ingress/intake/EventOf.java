package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A call as the flow sees it: {@code {method, headers, query, body, contentType, receivedAt}}. */
final class EventOf {

    private EventOf() {}

    /** The event but for its body. What proves the sender's identity is not data: flows and logs do without it. */
    static ObjectNode envelope(IncomingCall call, Endpoint.Hidden hidden) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        String token = call.signed().token();
        event.put("method", call.method());
        ObjectNode headers = event.putObject("headers");
        call.headers().forEach((name, values) -> {
            if (!hidden.isProof(name)) {
                headers.put(name, CallHeaders.withoutToken(String.join(", ", values), token));
            }
        });
        ObjectNode query = Forms.fields(CallHeaders.withoutToken(call.query(), token));
        query.remove(hidden.query());
        event.set("query", query);
        event.putNull("body");
        event.put("contentType", call.contentType());
        event.put("receivedAt", call.receivedAt().toString());
        return event;
    }

    /** The body by its content type: data where it is JSON or a form, text where it is text, else base64. */
    static JsonNode body(IncomingCall call) {
        byte[] body = call.body();
        if (body.length == 0) {
            return JsonNodeFactory.instance.nullNode();
        }
        String type = call.mediaType();
        if (type.equals("multipart/form-data")) {
            return MultipartForm.read(call).orElseGet(() -> base64(body));
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (type.equals("application/x-www-form-urlencoded")) {
            return Forms.fields(text);
        }
        if (type.isEmpty() || isJson(type)) {
            try {
                return Json.parse(text);
            } catch (IllegalArgumentException e) {
                return JsonNodeFactory.instance.textNode(text);
            }
        }
        // A replacement character says that the bytes are no text; base64 keeps them exact.
        return (type.startsWith("text/") || type.endsWith("xml")) && text.indexOf('\uFFFD') < 0
                ? JsonNodeFactory.instance.textNode(text)
                : base64(body);
    }

    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    static JsonNode base64(byte[] bytes) {
        return JsonNodeFactory.instance.textNode(Base64.getEncoder().encodeToString(bytes));
    }
}
