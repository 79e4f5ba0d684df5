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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two runs side by side. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class LogCompareTest {

    private final Person editor = Person.editor(Person.freshTenant());
    private Made made;
    private Run failed;
    private Run succeeded;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
        failed = StubRuns.failed(made);
        succeeded = StubRuns.succeeded(made);
        StubRuns.known("", succeeded, failed);
    }

    @Test
    void whatDiffersIsMarked() {
        assertThat(compare(failed.id(), succeeded.id()).asString())
                .contains("<td>Failed at deliver</td><td>Succeeded</td>")
                .contains("Request · the same")
                .contains("<td>503 Service Unavailable</td><td class=\"mark\">≠")
                .contains("<span class=\"hidden\"> changed</span></td><td>200 OK</td>")
                .contains("Event · the same")
                .contains("Output · none in either");
    }

    @Test
    void oneRunAsksForAnother() {
        assertThat(compare(failed.id()).asString())
                .contains("Choose another to compare with <code>" + failed.id() + "</code>")
                .contains("type=\"radio\" name=\"run\" value=\"" + succeeded.id() + "\"")
                .doesNotContain("type=\"radio\" name=\"run\" value=\"" + failed.id() + "\"");
    }

    @Test
    void aRunWhoseOwnerIsAwayIsSaidToBe() {
        Response answer = compare(failed.id(), StubRuns.id(RunOwner.SCHEDULER));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.asString()).contains("The scheduler service");
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThat(compare("mine").statusCode()).isEqualTo(400);
    }

    private Response compare(Object... runs) {
        return editor.call().queryParam("run", runs).get("/integrations/" + made.id() + "/logs/compare");
    }
}
