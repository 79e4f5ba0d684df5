package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.RunStatus;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import io.sluice.integrations.testsupport.StubRuns;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunOwner;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many runs at once; the scheduler is away all the time. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class LogBulkReplayTest {

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]*)\"");

    private final Person editor = Person.editor(Person.freshTenant());
    private final UUID bulk = StubRuns.id(RunOwner.INGRESS);
    private Made made;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
        StubIngress.answers(
                replays() + "/preview",
                200,
                Json.text(new ReplayPreview(
                        2, List.of(new ReplayPreview.Target("shop.example.org", 3, true)), List.of())));
    }

    @Test
    void thePreviewSaysHowManyAndWhomTheyCalled() {
        String page = editor.call()
                .queryParam("from", "2026-11-24T05:00")
                .get(path() + "/bulk")
                .asString();

        assertThat(page)
                .contains("<strong>2 runs</strong> would be replayed")
                .contains("<strong>scheduler</strong> are not counted")
                .contains("<td class=\"mono\">shop.example.org</td><td>3</td><td>writes</td>")
                .contains(">Replay 2 runs</button>");
        JsonNode asked =
                Json.parse(StubIngress.asked(replays() + "/preview").getLast().body());
        assertThat(asked.at("/filter/status").asText()).isEqualTo("failed");
        assertThat(asked.at("/filter/from").asText()).isEqualTo("2026-11-24T05:00:00Z");
    }

    @Test
    void whatWasSeenIsStarted() {
        StubIngress.answers(replays(), 200, Json.text(bulk("running", 0)));

        Response answer = editor.form()
                .formParam("status", "failed")
                .formParam("zone", "UTC")
                .formParam("begin", "failure")
                .formParam("perMinute", "120")
                .formParam("seen", seen())
                .post(path() + "/bulk");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/bulk/progress?away=scheduler");
        JsonNode begun = Json.parse(StubIngress.asked(replays()).getLast().body());
        assertThat(begun.path("perMinute").asInt()).isEqualTo(120);
        assertThat(begun.path("fromFailure").asBoolean()).isTrue();
        assertThat(begun.at("/filter/status").asText()).isEqualTo("failed");
    }

    @Test
    void whatWasNotSeenIsShownFirst() {
        Response answer = editor.form()
                .formParam("status", "succeeded")
                .formParam("perMinute", "60")
                .formParam("seen", seen())
                .post(path() + "/bulk");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("These are other runs than before.");
        assertThat(StubIngress.asked(replays())).isEmpty();
    }

    @Test
    void aPaceThatIsNoneKeepsWhatWasTyped() {
        Response answer = editor.form().formParam("perMinute", "many").post(path() + "/bulk");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).contains("value=\"many\"").contains("<small class=\"error\">1 to 60000</small>");
    }

    @Test
    void theProgressSaysHowFarItIsAndCanBeStopped() {
        StubIngress.answers(replays(), 200, Json.text(List.of(bulk("running", 30))));
        StubIngress.answers("/replays/" + bulk + "/stop", 200, Json.text(bulk("stopped", 30)));

        String page = editor.call()
                .get(path() + "/bulk/progress?away=scheduler,nobody")
                .asString();
        Response stopped = editor.form().post(path() + "/bulk/" + bulk + "/stop");

        assertThat(page)
                .contains("<strong>scheduler</strong> are not being replayed")
                .doesNotContain("nobody")
                .contains("<progress value=\"30\" max=\"90\"")
                .contains("30 of 90 started, 60 a minute; about 1 min 0 s left")
                .contains("data-live=\"" + path() + "/bulk/part\"");
        assertThat(stopped.statusCode()).isEqualTo(303);
        assertThat(StubIngress.asked("/replays/" + bulk + "/stop")).hasSize(1);
    }

    @Test
    void viewersSeeTheProgressAndStartNothing() {
        StubIngress.answers(replays(), 200, Json.text(List.of(bulk("running", 30))));
        Person viewer = Person.viewer(editor.tenant());

        assertThat(viewer.call().get(path() + "/bulk/progress").asString())
                .contains("30 of 90 started")
                .doesNotContain("method=\"post\"");
        assertThat(viewer.form().post(path() + "/bulk").statusCode()).isEqualTo(403);
        assertThat(viewer.form().post(path() + "/bulk/" + bulk + "/stop").statusCode())
                .isEqualTo(403);
    }

    private String seen() {
        Matcher seen = SEEN.matcher(editor.call().get(path() + "/bulk").asString());
        assertThat(seen.find()).isTrue();
        return seen.group(1).replace("&amp;", "&");
    }

    private BulkReplay bulk(String status, long started) {
        return new BulkReplay(
                bulk,
                UUID.fromString(made.id()),
                status,
                new ReplayFilter(RunStatus.FAILED, null, null, null, null),
                true,
                60,
                90,
                started,
                "alice",
                StubRuns.BEGUN,
                null);
    }

    private String replays() {
        return "/integrations/" + made.id() + "/replays";
    }

    private String path() {
        return "/integrations/" + made.id() + "/logs";
    }
}
