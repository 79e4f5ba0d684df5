package io.sluice.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request as our handlers see it. Header names are lower case; the raw query is what was on the wire. */
record Call(
        String method,
        String path,
        String rawQuery,
        Map<String, String> headers,
        String body,
        Map<String, String> variables) {

    Call withVariables(Map<String, String> found) {
        return new Call(method, path, rawQuery, headers, body, found);
    }

    /** A variable of the route's template; asking for one that the template lacks is a programming error. */
    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No variable " + name + " in this route");
        }
        return value;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    String contentType() {
        return header("content-type").orElse("").toLowerCase(Locale.ROOT);
    }

    boolean isForm() {
        return contentType().startsWith("application/x-www-form-urlencoded");
    }

    Map<String, List<String>> query() {
        return pairs(rawQuery);
    }

    Optional<String> query(String name) {
        return first(query(), name);
    }

    Optional<String> form(String name) {
        return first(pairs(body), name);
    }

    /** A whole number of the query within bounds, or a refusal that names the parameter. */
    int number(String name, int absent, int least, int most) {
        return query(name).map(text -> parse(name, text, least, most)).orElse(absent);
    }

    /** The body as a JSON object. */
    ObjectNode json() {
        try {
            JsonNode node = DemoJson.MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new MalformedBody("The body is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new MalformedBody("The body must be a JSON object", null);
    }

    private static int parse(String name, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw Refused.badRequest(name + " must be a whole number, not \"" + text + "\"");
        }
        throw Refused.badRequest(name + " must be between " + least + " and " + most);
    }

    private static Optional<String> first(Map<String, List<String>> pairs, String name) {
        return pairs.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Map<String, List<String>> pairs(String encoded) {
        var found = new LinkedHashMap<String, List<String>>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                found.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("\"" + text + "\" is not URL-encoded");
        }
    }
}
