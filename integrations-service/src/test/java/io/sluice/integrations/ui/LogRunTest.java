package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.run.Run;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubRuns;
import io.sluice.run.queue.RunOwner;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One run's page; the scheduler is away all the time. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class LogRunTest {

    private final Person editor = Person.editor(Person.freshTenant());
    private Made made;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
    }

    @Test
    void aFailedRunSaysWhereWhyAndWhatNow() {
        Run run = known(StubRuns.failed(made));

        assertThat(get(editor, run).asString())
                .contains(">Failed at deliver</span>")
                .contains("The other side is busy or broken")
                .contains("name=\"fromStep\" value=\"/do/1/deliver#1\"")
                .contains(">Replay from deliver</button>")
                .contains(">Replay whole run</button>")
                .contains("&quot;stock&quot;: [\n    7\n  ]");
    }

    @Test
    void anExchangeIsReadAsItWas() {
        Run run = known(StubRuns.failed(made));

        assertThat(get(editor, run).asString())
                .contains("POST shop.example.org/products · 503")
                .contains("<strong>POST https://shop.example.org/products?batch=1</strong>")
                .contains("<strong>503 Service Unavailable</strong>")
                .contains("Request · 318 bytes")
                .contains("<span class=\"header\">Idempotency-Key:</span> key-1")
                .contains("&quot;price&quot;: 1.10")
                .contains("&lt;h1&gt;Busy&lt;/h1&gt;")
                .contains("href=\"" + path() + "/" + run.id() + "/steps/2/response\" download");
    }

    @Test
    void stepsLieOnTheLineOfTheRunsTime() {
        Run run = known(StubRuns.failed(made));

        assertThat(get(editor, run).asString())
                .contains("<rect class=\"part\" x=\"0\" y=\"0\" width=\"100\"")
                .contains("<rect class=\"part\" x=\"100\" y=\"0\" width=\"900\"")
                .doesNotContain("style=");
    }

    @Test
    void anOpenRunIsFollowedAndCanBeCancelled() {
        Run run = known(StubRuns.running(made));

        assertThat(get(editor, run).asString())
                .contains("data-live=\"" + path() + "/" + run.id() + "/part\"")
                .contains(">Cancel</button>")
                .contains("data-reload")
                .doesNotContain(">Replay whole run</button>");
    }

    @Test
    void itsPartsComeWithoutThePageAroundThem() {
        Run run = known(StubRuns.failed(made));

        String part = editor.call().get(path() + "/" + run.id() + "/part").asString();
        String row = editor.call().get(path() + "/" + run.id() + "/row").asString();

        assertThat(part)
                .contains("<article class=\"run\"")
                .doesNotContain("<html")
                .doesNotContain("data-live=");
        assertThat(row.strip())
                .startsWith("<tr id=\"run-row-" + run.id() + "\">")
                .endsWith("</tr>");
    }

    @Test
    void aBodyIsDownloadedAsItIsInTheLog() {
        Run run = known(StubRuns.failed(made));

        Response file = editor.call().get(path() + "/" + run.id() + "/steps/2/request");

        assertThat(file.asString()).isEqualTo("{\"sku\":\"A-100\",\"price\":1.10}");
        assertThat(file.contentType()).startsWith("text/plain");
        assertThat(file.header("Content-Disposition")).isEqualTo("attachment; filename=\"deliver-request.json\"");
        assertThat(editor.call()
                        .get(path() + "/" + run.id() + "/steps/1/request")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void viewersSeeAllAndCanChangeNothing() {
        Run run = known(StubRuns.failed(made));
        Person viewer = Person.viewer(editor.tenant());

        assertThat(get(viewer, run).asString())
                .contains(">Failed at deliver</span>")
                .contains("&quot;price&quot;: 1.10")
                .doesNotContain("method=\"post\"");
        assertThat(viewer.form().post(path() + "/" + run.id() + "/replay").statusCode())
                .isEqualTo(403);
        assertThat(viewer.form().post(path() + "/" + run.id() + "/cancel").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aRunOfAnotherTenantOrIntegrationIsNotFound() {
        Run run = known(StubRuns.failed(made));
        Made other = Made.byWebhook(editor, "Other");

        Response ofTenant = get(Person.editor(Person.freshTenant()), run);
        Response ofIntegration = editor.call().get("/integrations/" + other.id() + "/logs/" + run.id());

        assertThat(ofTenant.statusCode()).isEqualTo(404);
        assertThat(ofTenant.contentType()).startsWith("text/html");
        assertThat(ofIntegration.statusCode()).isEqualTo(404);
        assertThat(ofIntegration.asString()).contains("There is no such run.");
    }

    @Test
    void whoDoesNotAnswerIsNamed() {
        UUID run = StubRuns.id(RunOwner.SCHEDULER);

        Response page = editor.call().get(path() + "/" + run);

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.asString())
                .contains("The scheduler service, which owns this, does not answer now.")
                .contains("href=\"" + path() + "/" + run + "\">Try again</a>");
    }

    private Run known(Run run) {
        StubRuns.known("", run);
        return run;
    }

    private Response get(Person person, Run run) {
        return person.call().get(path() + "/" + run.id());
    }

    private String path() {
        return "/integrations/" + made.id() + "/logs";
    }
}
