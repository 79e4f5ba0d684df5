package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.Http;
import io.sluice.system.client.Json;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SystemTest
class LibraryIT {

    private final SluiceApi alice;

    LibraryIT(Sluice sluice) {
        this.alice = sluice.as("alice");
    }

    @Test
    void theLibraryOffersTheTemplatesOfTheDesign() {
        assertThat(names(""))
                .contains(
                        "library/inventory-sync-webhook",
                        "library/inventory-sync-polling",
                        "library/unleashed-to-woocommerce-stock",
                        "library/woocommerce-order-to-unleashed",
                        "library/webhook-to-http",
                        "library/poll-to-http");
    }

    @Test
    void aSearchFindsByWordAndByTrigger() {
        assertThat(names("?q=inventory"))
                .contains("library/inventory-sync-webhook", "library/inventory-sync-polling")
                .doesNotContain("library/webhook-to-http");
        assertThat(names("?trigger=schedule"))
                .contains("library/inventory-sync-polling", "library/poll-to-http")
                .doesNotContain("library/inventory-sync-webhook", "library/webhook-to-http");
    }

    @ParameterizedTest
    @CsvSource({
        "library/inventory-sync-webhook, webhook, schedule",
        "library/inventory-sync-polling, schedule, webhook",
        "library/unleashed-to-woocommerce-stock, schedule, webhook",
        "library/woocommerce-order-to-unleashed, webhook, schedule",
        "library/webhook-to-http, webhook, schedule",
        "library/poll-to-http, schedule, webhook"
    })
    void aTemplateSaysHowItIsStarted(String name, String supported, String unsupported) {
        JsonNode template = alice.template(name);

        assertThat(template.path("triggers").has(supported)).isTrue();
        assertThat(template.path("triggers").has(unsupported)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"library/inventory-sync-webhook", "library/poll-to-http"})
    void aTemplateExplainsItself(String name) {
        JsonNode template = alice.template(name);

        assertThat(template.path("howTo").asText()).isNotBlank();
        assertThat(template.at("/parameters/type").asText()).isEqualTo("object");
        assertThat(template.path("parameters").path("properties").valueStream())
                .allSatisfy(
                        property -> assertThat(property.path("title").asText()).isNotBlank());
        assertThat(template.at("/document/document/namespace").asText()).isEqualTo("library");
        assertThat(Json.texts(template.path("versions"), ""))
                .contains(template.path("version").asText());
    }

    @Test
    void aTemplateCanBeAskedForInOneVersion() {
        String version =
                alice.template("library/webhook-to-http").path("version").asText();

        assertThat(alice.template("library/webhook-to-http:" + version)
                        .path("version")
                        .asText())
                .isEqualTo(version);
    }

    private List<String> names(String query) {
        return Json.texts(Http.json(alice.get("/api/v1/templates" + query), 200).path("items"), "/name");
    }
}
