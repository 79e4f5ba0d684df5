package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.parser.OpenAPIParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final Path COMMITTED = Path.of("openapi.yaml");

    /** Run with {@code -Dopenapi.write=true} to take a wanted change over. */
    @Test
    void theCommittedDocumentIsWhatTheInterfacesSay() throws IOException {
        String generated = OpenApiDocument.generate();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, generated);
        }

        assertThat(Files.readString(COMMITTED)).isEqualTo(generated);
    }

    @Test
    void theDocumentIsValid() throws IOException {
        var parsed = new OpenAPIParser().readContents(Files.readString(COMMITTED), null, null);

        assertThat(parsed.getMessages()).isNullOrEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
    }

    @Test
    void everyOperationOfTheDesignIsThere() throws IOException {
        assertThat(new OpenAPIParser()
                        .readContents(Files.readString(COMMITTED), null, null)
                        .getOpenAPI()
                        .getPaths())
                .containsKeys(
                        "/api/v1/templates",
                        "/api/v1/templates/{namespace}/{name}",
                        "/api/v1/templates/validate",
                        "/api/v1/templates/try",
                        "/api/v1/integrations",
                        "/api/v1/integrations/{id}",
                        "/api/v1/integrations/{id}/clone",
                        "/api/v1/integrations/{id}/webhook",
                        "/api/v1/integrations/{id}/webhook/rotate",
                        "/api/v1/integrations/{id}/schedules",
                        "/api/v1/integrations/{id}/schedules/{scheduleId}",
                        "/api/v1/schedules/preview",
                        "/api/v1/integrations/{id}/runs",
                        "/api/v1/runs/{id}",
                        "/api/v1/runs/{id}/cancel",
                        "/api/v1/runs/{id}/replay",
                        "/api/v1/connections",
                        "/api/v1/connections/{id}",
                        "/api/v1/connections/{id}/test",
                        "/webhook/{token}",
                        "/internal/v1/deployments",
                        "/internal/v1/flows/{digest}");
    }
}
