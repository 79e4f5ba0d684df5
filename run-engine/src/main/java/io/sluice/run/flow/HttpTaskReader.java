package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Pointers;
import io.sluice.run.expression.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code call: http}. */
final class HttpTaskReader {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> WITH = Set.of("method", "endpoint", "headers", "query", "body", "output");

    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final Reader reader;
    private final Set<String> slots;

    HttpTaskReader(Reader reader, Set<String> slots) {
        this.reader = reader;
        this.slots = slots;
    }

    @Nullable
    Task read(Task.Frame frame, JsonNode node, String pointer) {
        if (!"http".equals(node.path("call").asText())) {
            reader.complain(pointer + "/call", "the profile calls http alone: write call: http, with the API's method");
            return null;
        }
        JsonNode with = node.path("with");
        String at = pointer + "/with";
        reader.onlyKnows(with, at, WITH);
        String method = reader.text(with, at, "method").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            reader.complain(
                    at + "/method",
                    "one of " + String.join(", ", METHODS.stream().sorted().toList()));
        }
        Map<String, Value> headers = headers(with.path("headers"), at + "/headers");
        return new Task.HttpTask(
                frame,
                method,
                uri(with.path("endpoint"), at + "/endpoint"),
                authentication(with.path("endpoint"), at + "/endpoint"),
                headers,
                members(with.path("query"), at + "/query"),
                new BodyReader(reader).read(with, at, headers),
                output(with.path("output"), at + "/output"));
    }

    private Value uri(JsonNode endpoint, String pointer) {
        JsonNode uri = endpoint.isObject() ? endpoint.path("uri") : endpoint;
        String at = endpoint.isObject() ? pointer + "/uri" : pointer;
        if (endpoint.isObject()) {
            reader.onlyKnows(endpoint, pointer, Set.of("uri", "authentication"));
        }
        if (!uri.isTextual()) {
            reader.complain(at, "a URL, or an expression that gives one, is needed here");
            return new Value.Constant(null);
        }
        Endpoints.check(uri.textValue(), at, reader);
        return reader.data(uri, at);
    }

    private @Nullable String authentication(JsonNode endpoint, String pointer) {
        JsonNode authentication = endpoint.path("authentication");
        if (authentication.isMissingNode()) {
            return null;
        }
        reader.onlyKnows(authentication, pointer + "/authentication", Set.of("use"));
        String slot = reader.text(authentication, pointer + "/authentication", "use");
        if (!slots.contains(slot)) {
            reader.complain(
                    pointer + "/authentication/use", "there is no such slot under use.authentications: " + slots);
        }
        return slot;
    }

    private Map<String, Value> headers(JsonNode node, String pointer) {
        Map<String, Value> headers = members(node, pointer);
        headers.keySet().stream()
                .filter(name -> !HEADER.matcher(name).matches())
                .forEach(name -> reader.complain(
                        pointer + "/" + Pointers.escape(name), "a header's name has letters, digits and hyphens"));
        return headers;
    }

    private Map<String, Value> members(JsonNode node, String pointer) {
        Map<String, Value> members = new LinkedHashMap<>();
        if (node.isMissingNode()) {
            return members;
        }
        if (!node.isObject()) {
            reader.complain(pointer, "an object is needed here");
        }
        node.properties().forEach(member -> {
            String at = pointer + "/" + Pointers.escape(member.getKey());
            if (!member.getValue().isTextual()) {
                reader.complain(at, "a text is needed here, such as '100', or an expression that gives the value");
            }
            members.put(member.getKey(), reader.data(member.getValue(), at));
        });
        return members;
    }

    private Task.Output output(JsonNode node, String pointer) {
        return switch (node.isMissingNode() ? "content" : node.isTextual() ? node.textValue() : "") {
            case "content" -> Task.Output.CONTENT;
            case "response" -> Task.Output.RESPONSE;
            case "raw" -> Task.Output.RAW;
            default -> {
                reader.complain(pointer, "content, response or raw");
                yield Task.Output.CONTENT;
            }
        };
    }
}
