package io.sluice.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The published OpenAPI 3.1 document. Its schemas are JSON Schema 2020-12 and are checked as such; a field that the
 * document does not name is a breach, too.
 */
final class Contract {

    private static final Contract PUBLISHED = load("/META-INF/openapi.yaml");

    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    private Contract(JsonNode document) {
        this.document = document;
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config));
        document.path("components").path("schemas").forEach(Contract::close);
    }

    static Contract published() {
        return PUBLISHED;
    }

    /** The operation behind a path; a template with fewer variables goes before one with more. */
    Optional<JsonNode> operation(String method, String path) {
        return document.path("paths").properties().stream()
                .filter(entry -> matches(entry.getKey(), path))
                .filter(entry -> entry.getValue().has(method.toLowerCase(Locale.ROOT)))
                .min((one, other) -> Long.compare(variables(one.getKey()), variables(other.getKey())))
                .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)));
    }

    JsonNode problemSchema() {
        return document.path("components").path("schemas").path("Problem");
    }

    /** What is wrong with a body; nothing when it fits. */
    List<String> complaints(JsonNode schema, String body) {
        return schemas.computeIfAbsent(schema, this::compile).validate(body, InputFormat.JSON).stream()
                .map(Contract::inWords)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set("components", document.path("components"));
        return registry.getSchema(root);
    }

    private static String inWords(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }

    private static boolean matches(String template, String path) {
        StringBuilder pattern = new StringBuilder();
        for (String segment : template.split("/", -1)) {
            pattern.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        return path.matches(pattern.substring(1));
    }

    private static long variables(String template) {
        return template.chars().filter(character -> character == '{').count();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    private static Contract load(String resource) {
        try (InputStream stream =
                Objects.requireNonNull(Contract.class.getResourceAsStream(resource), "no " + resource)) {
            return new Contract(new YAMLMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
