package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a template offers to be chosen for one run. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class RunOptionsTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @Test
    void templateSaysWhatCanBeChosen() {
        Response template = editor.call().get("/api/v1/templates/library/inventory-sync-polling");

        assertThat(template.jsonPath().getString("runOptions.properties.since.format"))
                .isEqualTo("date-time");
    }

    @Test
    void whatDoesNotFitIsRefusedAtItsField() {
        Made login = Made.shop(editor, "Login", "secret");
        Made polling = Made.integration(
                editor,
                "library/inventory-sync-polling",
                "Polling",
                Map.of("warehouseUrl", "https://warehouse.example.org", "shopUrl", "https://shop.example.org"),
                Map.of("warehouse", login.id(), "shop", login.id()));

        Problems.fields(start(polling, Map.of("since", "yesterday")), "/options/since");
        Problems.fields(start(polling, Map.of("until", "2026-11-24T00:00:00Z")), "/options/until");
    }

    @Test
    void templateWithoutChoicesSaysSo() {
        Problems.fields(start(Made.bySchedule(editor, "Plain"), Map.of("since", "2026-11-24T00:00:00Z")), "/options");
    }

    @Test
    void ownTemplateWithChoicesThatAreNoSchemaIsRefused() {
        Response validated = Person.admin(editor.tenant()).call().body("""
                        {"document": {"dsl": "1.0.3", "namespace": "own", "name": "choices", "version": "1.0.0",
                                      "metadata": {"triggers": {"schedule": {}},
                                                   "runOptions": {"properties": {"a": {"type": "nothing"}}}}},
                         "evaluate": {"language": "jsonata"},
                         "do": [{"done": {"set": {"ok": true}}}]}
                        """).post("/api/v1/templates/validate");

        assertThat(validated.asString()).contains("/document/metadata/runOptions/properties/a/type");
    }

    private Response start(Made integration, Map<String, Object> options) {
        return editor.call().body(Map.of("options", options)).post(integrationPath(integration) + "/runs");
    }

    private static String integrationPath(Made integration) {
        return "/api/v1/integrations/" + integration.id();
    }
}
