package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Installs templates of the library against the demo systems, as a person who reads the form would: parameters are
 * filled by their names, by their defaults and examples, else by their formats.
 */
public final class Library {

    private final SluiceApi api;
    private final DemoApi demo;

    public Library(SluiceApi api, DemoApi demo) {
        this.api = api;
        this.demo = demo;
    }

    public Integration install(String template) {
        return install(template, Map.of());
    }

    public Integration install(String template, Map<String, Object> parameters) {
        return api.create(draft(template, parameters));
    }

    /** What would be sent; for tests that then spoil a part of it. */
    public Map<String, Object> draft(String template, Map<String, Object> parameters) {
        JsonNode detail = api.template(template);
        Map<String, Object> draft = new LinkedHashMap<>();
        draft.put("template", template);
        draft.put("name", Json.unique(template.substring(template.indexOf('/') + 1)));
        draft.put("configuration", configuration(detail.path("parameters"), parameters));
        draft.put("connections", connections(detail.path("connections")));
        return draft;
    }

    private Map<String, Object> configuration(JsonNode schema, Map<String, Object> parameters) {
        Map<String, Object> known = new HashMap<>(Map.of(
                "warehouseUrl", demo.url("/warehouse"),
                "unleashedUrl", demo.url("/warehouse"),
                "shopUrl", demo.url("/shop"),
                "wooCommerceUrl", demo.url("/shop"),
                "since", "2020-01-01T00:00:00Z"));
        known.putAll(parameters);
        Map<String, Object> filled = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(property -> {
            if (known.containsKey(property.getKey())) {
                filled.put(property.getKey(), known.get(property.getKey()));
            }
        });
        schema.path("required")
                .valueStream()
                .map(JsonNode::asText)
                .forEach(name -> filled.computeIfAbsent(
                        name, _ -> guess(name, schema.path("properties").path(name))));
        return filled;
    }

    private Object guess(String name, JsonNode property) {
        if (property.has("default")) {
            return property.path("default");
        }
        if (!property.path("examples").isEmpty()) {
            return property.path("examples").path(0);
        }
        if (!property.path("enum").isEmpty()) {
            return property.path("enum").path(0);
        }
        return switch (property.path("format").asText()) {
            case "uri" -> demo.url("/warehouse");
            case "date-time" -> "2020-01-01T00:00:00Z";
            default -> throw new AssertionError("The test does not know how to fill the parameter " + name);
        };
    }

    private Map<String, Object> connections(JsonNode slots) {
        Map<String, Object> filled = new LinkedHashMap<>();
        slots.forEach(slot -> filled.put(slot.path("name").asText(), api.createConnection(connection(slot))));
        return filled;
    }

    private static Map<String, Object> connection(JsonNode slot) {
        return switch (slot.path("name").asText()) {
            case "shop" -> shop();
            case "warehouse" -> warehouse();
            case "unleashed" -> unleashed();
            default -> throw new AssertionError("The test has no connection for the slot " + slot);
        };
    }

    public static Map<String, Object> shop() {
        return basic("Demo shop", "ck_demo", "cs_demo");
    }

    static Map<String, Object> warehouse() {
        return basic("Demo warehouse", "warehouse", "warehouse-password");
    }

    static Map<String, Object> unleashed() {
        return Map.of(
                "name", Json.unique("Demo warehouse as Unleashed"),
                "kind", "hmac-query",
                "settings", Map.of("id", "demo-warehouse-id"),
                "secrets", Map.of("key", "demo-warehouse-key"));
    }

    private static Map<String, Object> basic(String name, String username, String password) {
        return Map.of(
                "name", Json.unique(name),
                "kind", "basic",
                "settings", Map.of("username", username),
                "secrets", Map.of("password", password));
    }
}
