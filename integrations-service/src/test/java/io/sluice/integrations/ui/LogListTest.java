package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.run.Run;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import io.sluice.integrations.testsupport.StubRuns;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of an integration's runs; the scheduler is away all the time. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class LogListTest {

    private final Person editor = Person.editor(Person.freshTenant());
    private Made made;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
    }

    @Test
    void saysInWordsWhatHappened() {
        Run failed = StubRuns.failed(made);
        Run running = StubRuns.running(made);
        StubRuns.known("", running, failed);

        String page = list(Map.of()).asString();

        assertThat(page)
                .contains(">Failed at deliver</span><small>The target answered 503</small>")
                .contains("<td>Webhook</td>")
                .contains(">10.0 s</td>")
                .contains("href=\"" + path() + "/" + failed.id() + "\"")
                .contains("data-live-row=\"" + path() + "/" + running.id() + "/row\"")
                .doesNotContain("data-live-row=\"" + path() + "/" + failed.id());
    }

    @Test
    void namesTheServiceWhoseRunsAreMissing() {
        StubRuns.known("");

        assertThat(list(Map.of()).asString())
                .contains("<strong>scheduler</strong>")
                .contains("does not answer")
                .doesNotContain("No runs yet");
    }

    @Test
    void asksForWhatTheFilterSaysAndKeepsItInItsLinks() {
        Run failed = StubRuns.failed(made);
        StubRuns.known(failed.id().toString(), failed);

        String page = list(Map.of(
                        "status", "failed", "trigger", "webhook", "from", "2026-11-24T06:00", "zone", "Europe/Berlin"))
                .asString();

        String kept = "trigger=webhook&amp;from=2026-11-24T06%3A00&amp;zone=Europe%2FBerlin";
        assertThat(page)
                .contains("?status=failed&amp;" + kept + "&amp;cursor=" + failed.id())
                .contains("?status=running&amp;" + kept + "\"")
                .contains("/bulk?status=failed&amp;" + kept + "\"")
                .contains("<option value=\"webhook\" selected>");
        assertThat(StubIngress.asked("/runs").getLast().query())
                .contains("status=failed", "trigger=webhook", "from=2026-11-24T05:00:00Z", made.id());
    }

    @Test
    void aTimeThatCannotBeReadIsSaidAtItsField() {
        Response answer = list(Map.of("from", "yesterday"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString())
                .contains("value=\"yesterday\"")
                .contains("id=\"from-error\">a time such as")
                .doesNotContain("No runs yet");
    }

    @Test
    void olderRunsLeadBackToTheNewest() {
        StubRuns.known("", StubRuns.failed(made));

        assertThat(list(Map.of("cursor", UUID.randomUUID().toString())).asString())
                .contains(">Newest runs</a>")
                .doesNotContain("data-newest");
    }

    @Test
    void viewersSeeItAndAreOfferedNoReplay() {
        StubRuns.known("", StubRuns.failed(made));

        String page = Person.viewer(editor.tenant()).call().get(path()).asString();

        assertThat(page)
                .contains(">Failed at deliver</span>")
                .doesNotContain("/bulk?")
                .doesNotContain("method=\"post\"");
    }

    private Response list(Map<String, String> filter) {
        return editor.call().queryParams(filter).get(path());
    }

    private String path() {
        return "/integrations/" + made.id() + "/logs";
    }
}
