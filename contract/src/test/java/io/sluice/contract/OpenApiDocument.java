package io.sluice.contract;

import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;

/** The document as the interfaces say it now. */
final class OpenApiDocument {

    private OpenApiDocument() {}

    static String generate() {
        Config config = new io.smallrye.config.SmallRyeConfigBuilder()
                .withDefaultValues(Map.of(
                        "mp.openapi.extensions.smallrye.duplicateOperationIdBehavior",
                        "FAIL",
                        "mp.openapi.scan.classes",
                        "^(?:io\\.sluice\\.contract\\..*)$"))
                .build();
        return SmallRyeOpenAPI.builder()
                .withConfig(config)
                .withIndex(index())
                .defaultRequiredProperties(true)
                .enableModelReader(false)
                .enableStandardStaticFiles(false)
                .addFilter(new Finish())
                .build()
                .toYAML();
    }

    private static Index index() {
        Indexer indexer = new Indexer();
        try (Stream<Path> classes = Files.walk(Path.of("target/classes/io/sluice"))) {
            for (Path file : classes.filter(p -> p.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                try (var in = Files.newInputStream(file)) {
                    indexer.index(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indexer.complete();
    }

    /** What holds for every operation and is not worth repeating at each: the problem answer and who may call. */
    private static final class Finish implements OASFilter {
        @Override
        public void filterOpenAPI(OpenAPI api) {
            api.setOpenapi("3.1.0");
            api.setInfo(OASFactory.createInfo()
                    .title("Sluice")
                    .version("1")
                    .description(
                            "Integrations that start by webhook or schedule. Errors are application/problem+json."));
            api.getComponents()
                    .addSecurityScheme(
                            "oidc",
                            OASFactory.createSecurityScheme()
                                    .type(org.eclipse.microprofile.openapi.models.security.SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .bearerFormat("JWT"));
            api.getComponents().addSchema("Problem", problem());
            api.getPaths()
                    .getPathItems()
                    .forEach((path, item) ->
                            item.getOperations().values().forEach(operation -> finish(path, operation)));
        }

        /** No operation returns it in Java, so the scanner does not see it. */
        private static Schema problem() {
            Schema error = object().addProperty("pointer", text("/configuration/shopUrl"))
                    .addProperty("detail", text("is needed"));
            return object().addProperty(
                            "type", text("urn:sluice:problem:invalid-fields").format("uri"))
                    .addProperty("title", text("Some fields need another value"))
                    .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                    .addProperty("detail", text("/configuration/shopUrl: is needed"))
                    .addProperty("instance", text("/api/v1/integrations"))
                    .addProperty("requestId", text("6f1d2c34-5a8e-4c1b-9a53-8d7a1f0e2b11"))
                    .addProperty(
                            "errors",
                            OASFactory.createSchema()
                                    .addType(Schema.SchemaType.ARRAY)
                                    .items(error));
        }

        private static Schema object() {
            return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        }

        private static Schema text(String example) {
            return OASFactory.createSchema().addType(Schema.SchemaType.STRING).addExample(example);
        }

        private void finish(String path, Operation operation) {
            operation.getResponses().getAPIResponses().forEach((status, response) -> {
                if (response.getDescription() == null) {
                    response.setDescription(operation.getSummary());
                }
            });
            var problem = OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
            operation
                    .getResponses()
                    .addAPIResponse(
                            "default",
                            OASFactory.createAPIResponse()
                                    .description("A problem: what is wrong, where, and the way out")
                                    .content(OASFactory.createContent()
                                            .addMediaType("application/problem+json", problem)));
            if (!path.startsWith("/webhook/")) {
                operation.addSecurityRequirement(
                        OASFactory.createSecurityRequirement().addScheme("oidc"));
            }
        }
    }
}
