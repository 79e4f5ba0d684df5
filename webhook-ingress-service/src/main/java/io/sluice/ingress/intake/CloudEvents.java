package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 over HTTP: in the body (structured), in {@code ce-} headers (binary), or several in one body (batch).
 * Sources: the specification's HTTP protocol binding and JSON event format, 1.0.2.
 */
sealed interface CloudEvents {

    /** Another kind of call. */
    record None() implements CloudEvents {}

    record Malformed(String pointer, String detail) implements CloudEvents {}

    record Found(List<Event> events, boolean batch) implements CloudEvents {}

    /**
     * An event.
     *
     * @param attributes its context: id, source, type and the rest
     * @param data null JSON when it has none
     */
    record Event(ObjectNode attributes, JsonNode data) {

        /** Equal for the same event, sent again. */
        String key() {
            return attributes.path("source").asText() + " "
                    + attributes.path("id").asText();
        }
    }

    int MOST_IN_A_BATCH = 1_000;
    Set<String> REQUIRED = new TreeSet<>(Set.of("id", "source", "type", "specversion"));

    static CloudEvents of(IncomingCall call) {
        return switch (call.mediaType()) {
            case "application/cloudevents+json" -> structured(call);
            case "application/cloudevents-batch+json" -> batch(call);
            default -> call.headers().containsKey("ce-specversion") ? binary(call) : new None();
        };
    }

    private static CloudEvents structured(IncomingCall call) {
        JsonNode body = parsed(call);
        return body == null ? notJson() : read(List.of(body), "", false);
    }

    private static CloudEvents batch(IncomingCall call) {
        JsonNode body = parsed(call);
        if (body == null || !body.isArray()) {
            return body == null ? notJson() : new Malformed("", "a batch is a JSON array of events");
        }
        if (body.size() > MOST_IN_A_BATCH) {
            return new Malformed("", "at most " + MOST_IN_A_BATCH + " events a batch");
        }
        List<JsonNode> items = new ArrayList<>();
        body.forEach(items::add);
        return read(items, "/", true);
    }

    private static CloudEvents read(List<JsonNode> items, String prefix, boolean batch) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String place = batch ? prefix + i : "";
            if (!(items.get(i) instanceof ObjectNode item)) {
                return new Malformed(place, "an event is a JSON object");
            }
            // What is in it is shared, not copied: nobody changes it.
            ObjectNode attributes = JsonNodeFactory.instance.objectNode();
            attributes.setAll(item);
            JsonNode data = attributes.remove("data");
            JsonNode packed = attributes.remove("data_base64");
            Malformed missing = missing(attributes, place + "/");
            if (missing != null) {
                return missing;
            }
            JsonNode none = JsonNodeFactory.instance.nullNode();
            events.add(new Event(attributes, data != null ? data : packed != null ? packed : none));
        }
        return new Found(events, batch);
    }

    private static CloudEvents binary(IncomingCall call) {
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        call.headers().forEach((name, values) -> {
            if (name.startsWith("ce-") && name.length() > 3) {
                attributes.put(name.substring(3), decoded(String.join(", ", values)));
            }
        });
        if (!call.contentType().isEmpty()) {
            attributes.put("datacontenttype", call.contentType());
        }
        Malformed missing = missing(attributes, "header ce-");
        return missing != null ? missing : new Found(List.of(new Event(attributes, EventOf.body(call))), false);
    }

    private static @Nullable Malformed missing(ObjectNode attributes, String prefix) {
        for (String name : REQUIRED) {
            JsonNode value = attributes.path(name);
            if (!value.isTextual() || value.asText().isEmpty()) {
                return new Malformed(prefix + name, "a CloudEvent needs a text here");
            }
        }
        return attributes.path("specversion").asText().equals("1.0")
                ? null
                : new Malformed(prefix + "specversion", "only 1.0 is known here");
    }

    private static Malformed notJson() {
        return new Malformed("", "the body is not JSON, as its content type says");
    }

    private static @Nullable JsonNode parsed(IncomingCall call) {
        try {
            JsonNode parsed = Json.parse(new String(call.body(), StandardCharsets.UTF_8));
            return parsed.isMissingNode() ? null : parsed;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Header values are percent-encoded where they are not plain; a plus sign is one. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
