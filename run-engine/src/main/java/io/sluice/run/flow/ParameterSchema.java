package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.run.expression.Pointers;
import java.util.List;

/** The JSON Schema (2020-12) of a template's parameters, and what a configuration violates of it. */
public final class ParameterSchema {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .regularExpressionFactory(new BoundedPatterns())
                    .build()));

    private static final Schema META =
            REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    private static final List<String> ELSEWHERE =
            List.of("$ref", "$dynamicRef", "$recursiveRef", "$schema", "$id", "$anchor", "$dynamicAnchor");

    private ParameterSchema() {}

    /**
     * Validates a configuration.
     *
     * @param prefix pointer of the configuration in the request
     * @return empty when it is valid
     */
    public static List<FieldProblem> violations(JsonNode schema, JsonNode configuration, String prefix) {
        try {
            return found(schema, configuration, prefix);
        } catch (BoundedPatterns.TooSlow e) {
            return List.of(new FieldProblem(prefix, String.valueOf(e.getMessage())));
        }
    }

    private static List<FieldProblem> found(JsonNode schema, JsonNode configuration, String prefix) {
        Schema compiled = REGISTRY.getSchema(schema);
        return compiled
                .validate(
                        configuration,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> new FieldProblem(prefix + pointer(error), detail(error)))
                .toList();
    }

    /** What keeps a schema from being one that a form can be drawn from; empty when nothing does. */
    public static List<FieldProblem> problems(JsonNode schema, String pointer) {
        Reader reader = new Reader();
        checkAll(schema, pointer, reader);
        return reader.problems();
    }

    /** Refuses what is no JSON Schema, and what would be looked up elsewhere. */
    static void checkAll(JsonNode schema, String pointer, Reader reader) {
        check(schema, pointer, reader);
        for (Error error : META.validate(schema)) {
            reader.complain(pointer + error.getInstanceLocation(), error.getMessage());
        }
        if (reader.problems().isEmpty()) {
            try {
                REGISTRY.getSchema(schema).validate(schema);
            } catch (RuntimeException e) {
                reader.complain(pointer, "cannot be used: " + e.getMessage());
            }
        }
    }

    /** Refuses references: remote ones would call out, and forms cannot be drawn from local ones. */
    static void check(JsonNode schema, String pointer, Reader reader) {
        if (schema.isObject()) {
            for (String keyword : ELSEWHERE) {
                if (schema.has(keyword)) {
                    reader.complain(
                            pointer + "/" + keyword,
                            "is not part of the profile: nothing is looked up elsewhere; write the schema in place");
                }
            }
            schema.properties()
                    .forEach(member ->
                            check(member.getValue(), pointer + "/" + Pointers.escape(member.getKey()), reader));
        } else if (schema.isArray()) {
            for (int i = 0; i < schema.size(); i++) {
                check(schema.get(i), pointer + "/" + i, reader);
            }
        }
    }

    private static String pointer(Error error) {
        String at = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            // The field that is missing, not the object that lacks it: a form marks fields.
            case "required", "additionalProperties", "unevaluatedProperties" -> at + "/" + error.getProperty();
            default -> at;
        };
    }

    private static String detail(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "is needed";
            case "additionalProperties", "unevaluatedProperties" -> "the template has no such parameter";
            default -> error.getMessage();
        };
    }
}
