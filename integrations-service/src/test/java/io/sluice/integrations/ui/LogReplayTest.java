package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunStarted;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import io.sluice.integrations.testsupport.StubRuns;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunOwner;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done to one run. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class LogReplayTest {

    private final Person editor = Person.editor(Person.freshTenant());
    private final UUID repeated = StubRuns.id(RunOwner.INGRESS);
    private Made made;
    private Run run;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
        run = StubRuns.failed(made);
        StubRuns.known("", run);
        StubIngress.answers("/runs/" + run.id() + "/replay", 200, Json.text(new RunStarted(repeated)));
    }

    @Test
    void aStepIsWhereTheReplayBegins() {
        Response answer = editor.form().formParam("fromStep", "/do/1/deliver#1").post(path(run) + "/replay");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/logs/" + repeated);
        assertThat(sent().path("fromStep").asText()).isEqualTo("/do/1/deliver#1");
        assertThat(sent().hasNonNull("event")).isFalse();
    }

    @Test
    void theFormShowsTheStoredEvent() {
        assertThat(editor.call().get(path(run) + "/replay").asString())
                .contains("&quot;sku&quot;: &quot;A-100&quot;")
                .contains("<option value=\"/do/1/deliver#1\">deliver (/do/1/deliver#1)</option>");
    }

    @Test
    void anEditedEventIsSent() {
        editor.form().formParam("event", "{\"sku\":\"B-200\"}").post(path(run) + "/replay");

        assertThat(sent().at("/event/sku").asText()).isEqualTo("B-200");
    }

    @Test
    void aLargeEventIsTakenToo() {
        String sku = "A".repeat(100_000);

        editor.form().formParam("event", "{\"sku\":\"" + sku + "\"}").post(path(run) + "/replay");

        assertThat(sent().at("/event/sku").asText()).isEqualTo(sku);
    }

    @Test
    void anEventThatIsOnlyWrittenOtherwiseIsNotSentSoThatItsKeysStay() {
        editor.form()
                .formParam("event", "{ \"sku\": \"A-100\",\r\n \"stock\": [ 7 ] }")
                .post(path(run) + "/replay");

        assertThat(sent().hasNonNull("event")).isFalse();
    }

    @Test
    void anEventThatIsNoJsonKeepsTheTextAndSaysWhere() {
        int before = StubIngress.asked("/runs/" + run.id() + "/replay").size();

        Response answer = editor.form()
                .formParam("event", "{\"sku\":\n oops}")
                .formParam("fromStep", "/do/1/deliver#1")
                .post(path(run) + "/replay");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString())
                .contains("{&quot;sku&quot;:\n oops}</textarea>")
                .contains("id=\"event-error\">This is no JSON: line 2")
                .contains("<option value=\"/do/1/deliver#1\" selected>");
        assertThat(StubIngress.asked("/runs/" + run.id() + "/replay")).hasSize(before);
    }

    @Test
    void whatWasTypedOutlivesAnOwnerThatIsAway() {
        String path = path() + "/" + StubRuns.id(RunOwner.SCHEDULER);

        Response answer = editor.form().formParam("event", "{\"mine\":1}").post(path + "/replay");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.asString()).contains("The scheduler service").contains("{&quot;mine&quot;:1}</textarea>");
    }

    @Test
    void cancellingIsPassedOn() {
        Run running = StubRuns.running(made);
        StubRuns.known("", running);
        StubIngress.answers("/runs/" + running.id() + "/cancel", 204, "");

        Response answer = editor.form().post(path(running) + "/cancel");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith(path(running));
        assertThat(StubIngress.asked("/runs/" + running.id() + "/cancel"))
                .singleElement()
                .satisfies(question -> assertThat(question.query()).contains("by=alice"));
    }

    private JsonNode sent() {
        return Json.parse(
                StubIngress.asked("/runs/" + run.id() + "/replay").getLast().body());
    }

    private String path(Run one) {
        return path() + "/" + one.id();
    }

    private String path() {
        return "/integrations/" + made.id() + "/logs";
    }
}
