package io.sluice.run.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.run.expression.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The published schema of the profile, and the standard's own one (1.0.1, Apache-2.0, from its Java SDK's jar). */
public final class FlowSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema PROFILE = REGISTRY.getSchema(tree(Json.MAPPER, "/META-INF/schema/flow-1.0.json"));
    private static final Schema STANDARD =
            REGISTRY.getSchema(tree(new ObjectMapper(new YAMLFactory()), "/schema/workflow.yaml"));

    private FlowSchemas() {}

    public static JsonNode profile() {
        return PROFILE.getSchemaNode();
    }

    /** What the published schema says against a document. */
    public static List<String> againstProfile(JsonNode document) {
        return said(PROFILE, document);
    }

    /** What the standard's schema says, but for the two deviations that docs/flow-language.md names. */
    public static List<String> againstStandard(JsonNode document) {
        JsonNode copy = document.deepCopy();
        copy.findValues("raise").forEach(raise -> {
            if (raise.path("error") instanceof ObjectNode error) {
                if (!error.has("type")) {
                    error.put("type", "https://example.com/left-out");
                }
                if (error.path("status").isTextual()) {
                    error.put("status", 500);
                }
            }
        });
        return said(STANDARD, copy);
    }

    private static List<String> said(Schema schema, JsonNode document) {
        return schema.validate(document).stream().map(Error::toString).toList();
    }

    private static JsonNode tree(ObjectMapper mapper, String resource) {
        try (InputStream in = FlowSchemas.class.getResourceAsStream(resource)) {
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
