package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.run.RunStarted;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import io.sluice.run.expression.Json;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Run now, at once and with what a template offers. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class RunNowPageTest {

    private static final String TEMPLATE = """
            {"document": {"dsl": "1.0.3", "namespace": "own", "name": "choices", "version": "1.0.0",
                          "metadata": {"triggers": {"webhook": {}}, "sampleEvent": {"body": {"a": 1}},
                                       "runOptions": {"type": "object",
                                                      "properties": {"full": {"type": "boolean", "default": true},
                                                                     "most": {"type": "integer"}}}}},
             "evaluate": {"language": "jsonata"},
             "do": [{"done": {"set": {"ok": true}}}]}
            """;

    private final Person admin = Person.admin(Person.freshTenant());
    private final Visitor visitor = new Visitor(admin);
    private final UUID run = UUID.randomUUID();
    private String page;

    @BeforeEach
    void make() {
        Response saved = admin.call().body(TEMPLATE).post("/api/v1/templates");
        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(201);
        Made made = Made.integration(admin, "own/choices", "Choices", Map.of(), Map.of());
        page = "/integrations/" + made.id() + "/run";
        Visitor.awaitInForce();
        StubIngress.answers("/runs", 200, Json.text(new RunStarted(run)));
    }

    private static JsonNode sent() {
        return Json.parse(StubIngress.asked("/runs").getLast().body()).path("event");
    }

    @Test
    void plainButtonChoosesNothing() {
        Response started = visitor.post(page, Map.of());

        assertThat(started.statusCode()).as(started.asString()).isEqualTo(303);
        assertThat(started.header("Location")).endsWith("/logs/" + run);
        assertThat(sent().at("/body/a").asInt()).isEqualTo(1);
        assertThat(sent().has("options")).isFalse();
    }

    @Test
    void formBeginsWithTheDefaultsAndTheSample() {
        assertThat(visitor.page(page)).contains("name=\"p.full\" value=\"true\" checked", "&quot;a&quot; : 1");
    }

    @Test
    void whatWasChosenIsAMemberOfTheEvent() {
        visitor.post(page, Map.of("chosen", "true", "p.most", "7", "event", "{\"body\": {\"a\": 2}}"));

        assertThat(sent().at("/options/full").isBoolean()).isTrue();
        assertThat(sent().at("/options/full").asBoolean()).isFalse();
        assertThat(sent().at("/options/most").asInt()).isEqualTo(7);
        assertThat(sent().at("/body/a").asInt()).isEqualTo(2);
    }

    @Test
    void whatDoesNotFitComesBackAsItWasTyped() {
        int before = StubIngress.asked("/runs").size();

        Response refused = visitor.post(page, Map.of("chosen", "true", "p.most", "many", "event", "{oops"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("{oops</textarea>", "cannot be read as JSON");

        Response wrong = visitor.post(page, Map.of("chosen", "true", "p.most", "many"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.asString()).contains("value=\"many\"");
        assertThat(StubIngress.asked("/runs")).hasSize(before);
    }

    @Test
    void viewerStartsNothing() {
        assertThat(new Visitor(Person.viewer(admin.tenant()))
                        .post(page, Map.of())
                        .statusCode())
                .isEqualTo(403);
    }
}
