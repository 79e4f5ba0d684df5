package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.run.expression.Json;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;

/** Draws a template's parameters as a form, and reads the form back. */
final class SchemaForm {

    private static final String PREFIX = "p.";

    private SchemaForm() {}

    /** @param values what was typed or is stored */
    static List<Field> fields(JsonNode schema, JsonNode values, List<FieldProblem> errors) {
        return fields(schema, values, errors, "/configuration/");
    }

    /** @param pointer before the names of fields in what is complained of */
    static List<Field> fields(JsonNode schema, JsonNode values, List<FieldProblem> errors, String pointer) {
        List<Field> fields = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            JsonNode definition = property.getValue();
            JsonNode value = values.has(property.getKey()) ? values.get(property.getKey()) : definition.path("default");
            fields.add(new Field(
                    PREFIX + property.getKey(),
                    definition.path("title").asText(property.getKey()),
                    definition.path("description").asText(""),
                    type(definition),
                    isRequired(schema, property.getKey()),
                    value.isMissingNode() ? "" : value.isContainerNode() ? value.toString() : value.asText(),
                    definition.path("examples").path(0).asText(""),
                    options(definition),
                    error(errors, pointer + property.getKey())));
        });
        return fields;
    }

    /** An empty field is a parameter that is not given. */
    static ObjectNode read(JsonNode schema, MultivaluedMap<String, String> form) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        schema.path("properties").properties().forEach(property -> {
            String text = form.getFirst(PREFIX + property.getKey());
            if (property.getValue().path("type").asText().equals("boolean")) {
                values.put(property.getKey(), text != null);
            } else if (text != null && !text.isBlank()) {
                values.set(property.getKey(), value(property.getValue(), text.strip()));
            }
        });
        return values;
    }

    static String error(List<FieldProblem> errors, String pointer) {
        return errors.stream()
                .filter(error -> error.pointer().equals(pointer))
                .map(FieldProblem::detail)
                .findFirst()
                .orElse("");
    }

    private static JsonNode value(JsonNode definition, String text) {
        return switch (definition.path("type").asText()) {
            // What cannot be read stays text, so that the schema's own message names the field.
            case "integer", "number", "array", "object" -> {
                try {
                    yield Json.parse(text);
                } catch (IllegalArgumentException e) {
                    yield JsonNodeFactory.instance.textNode(text);
                }
            }
            default -> JsonNodeFactory.instance.textNode(text);
        };
    }

    private static String type(JsonNode definition) {
        if (definition.has("enum")) {
            return "select";
        }
        return switch (definition.path("type").asText()) {
            case "integer", "number" -> "number";
            case "boolean" -> "checkbox";
            case "array", "object" -> "json";
            default -> definition.path("format").asText().equals("uri") ? "url" : "text";
        };
    }

    private static List<String> options(JsonNode definition) {
        List<String> options = new ArrayList<>();
        definition.path("enum").forEach(option -> options.add(option.asText()));
        return options;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
