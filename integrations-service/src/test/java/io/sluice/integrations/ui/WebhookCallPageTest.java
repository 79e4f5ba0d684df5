package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of one call, from an ingress that is a stub. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookCallPageTest {

    private static final String REFUSED = """
            {"id": "%s", "receivedAt": "2026-11-24T05:55:00Z", "outcome": "refused", "status": 401,
             "reason": "no signature fits", "method": "POST", "query": "a=<b>", "contentType": "application/json",
             "bodyBytes": 7, "sender": "203.0.113.7", "runIds": [], "previousUrl": true}""";
    private static final String ACCEPTED = """
            {"id": "%s", "receivedAt": "2026-11-24T05:55:00Z", "outcome": "accepted", "status": 202, "method": "POST",
             "bodyBytes": 4, "runIds": ["%s"], "eventId": "e-1", "previousUrl": false}""";

    private final Person person = Person.editor(Person.freshTenant());
    private final Visitor editor = new Visitor(person);
    private final Visitor viewer = new Visitor(Person.viewer(person.tenant()));
    private final Visitor stranger = new Visitor(Person.editor(Person.freshTenant()));
    private final String callId = UUID.randomUUID().toString();
    private final String runId = UUID.randomUUID().toString();
    private Made made;
    private String path;
    private String page;

    @BeforeEach
    void make() {
        made = Made.byWebhook(person, "One");
        path = made.id() + "/calls/" + callId;
        page = "/integrations/" + made.id() + "/webhook/calls/" + callId;
    }

    @Test
    void showsWhatCameAndWhyItWasRefused() {
        refused();

        assertThat(editor.page(page))
                .contains("Refused 401 · no signature fits", "?setting=verification#verification", "203.0.113.7")
                .contains("a=&lt;b&gt;", "<td class=\"mono\">x-a</td><td class=\"mono wrap\">1</td>")
                .contains("<td class=\"mono\">x-a</td><td class=\"mono wrap\">2</td>", "the previous one")
                .contains("{&quot;a&quot;:1}</pre>", "&quot;a&quot; : 1")
                .contains("<pre class=\"mono\">aa</pre>", "<pre class=\"mono\">bb</pre>", "X-Signature")
                .doesNotContain("id=\"save\"");
    }

    @Test
    void viewerSeesNothingOfTheSignatureAndHasNoButtonThatStartsRuns() {
        refused();

        assertThat(viewer.page(page)).contains("Refused 401").doesNotContain("X-Signature", "<form", "/replay");
        assertThat(viewer.post(page + "/replay", Map.of()).statusCode()).isEqualTo(403);
        assertThat(StubIngress.asked(path + "/replay")).isEmpty();
    }

    @Test
    void leadsToItsRuns() {
        accepted("\"body\": \"text\"", false);

        assertThat(editor.page(page))
                .contains("href=\"/integrations/" + made.id() + "/logs/" + runId + "\"", "Started a run", ">text</pre>")
                .doesNotContain("Indented");
    }

    @Test
    void pageThatWasSentIsShownAsText() {
        accepted("\"body\": \"<script>alert(1)</script>\"", false);

        assertThat(editor.page(page))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void bytesThatAreNoTextAreShownInHexAndSavedAsTheyCame() {
        accepted("\"bodyBase64\": \"AP/+gA==\"", false);

        assertThat(editor.page(page)).contains("no text", "00 ff fe 80");
        Response saved = viewer.get(page + "/body");
        assertThat(saved.asByteArray()).containsExactly(0, 0xff, 0xfe, 0x80);
        assertThat(saved.contentType()).startsWith("application/octet-stream");
        assertThat(saved.header("Content-Disposition")).isEqualTo("attachment; filename=\"call-" + callId + ".bin\"");
        assertThat(saved.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void textIsSavedAsItCame() {
        refused();

        Response saved = editor.get(page + "/body");

        assertThat(saved.asString()).isEqualTo("{\"a\":1}");
        assertThat(saved.header("Content-Disposition")).endsWith(".json\"");
    }

    @Test
    void halfABodyCannotBeReplayed() {
        StubIngress.answers(path, 200, detail(REFUSED.formatted(callId), "\"body\": \"{\"", true));

        assertThat(editor.page(page)).contains("Only the beginning").doesNotContain("/replay");
    }

    @Test
    void replayLeadsToTheRunThatItStarted() {
        accepted("\"body\": \"text\"", false);
        String replayed = UUID.randomUUID().toString();
        StubIngress.answers(path + "/replay", 200, "{\"runIds\": [\"" + replayed + "\"]}");

        Response answer = editor.post(page + "/replay", Map.of());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/integrations/" + made.id() + "/logs/" + replayed);
        assertThat(StubIngress.asked(path + "/replay").getLast().query()).contains("by=" + person.name());
    }

    @Test
    void replayThatIsRefusedSaysWhyOnTheCallsPage() {
        accepted("\"body\": \"text\"", false);
        StubIngress.answers(path + "/replay", 409, Problems.json("run-state", 409, "Nothing to replay."));

        Response answer = editor.post(page + "/replay", Map.of());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("Nothing to replay.", "Started a run");
    }

    @Test
    void unknownCallIsAPageThatSaysSo() {
        Response answer = editor.get(page);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(editor.get(page + "/body").statusCode()).isEqualTo(404);
    }

    @Test
    void anotherTenantSeesNothing() {
        refused();

        assertThat(stranger.get(page).statusCode()).isEqualTo(404);
        assertThat(stranger.get(page + "/body").statusCode()).isEqualTo(404);
        assertThat(stranger.post(page + "/replay", Map.of()).statusCode()).isEqualTo(404);
        assertThat(StubIngress.knowsOf(made.id())).isFalse();
    }

    private void refused() {
        StubIngress.answers(path, 200, detail(REFUSED.formatted(callId), "\"body\": \"{\\\"a\\\":1}\"", false));
    }

    private void accepted(String body, boolean cut) {
        StubIngress.answers(path, 200, detail(ACCEPTED.formatted(callId, runId), body, cut));
    }

    private static String detail(String call, String body, boolean cut) {
        return """
                {"call": %s, "headers": {"x-a": ["1", "2"]}, %s, "bodyCut": %s,
                 "signature": {"scheme": "hmac", "place": "X-Signature", "received": "aa", "expected": "bb"}}""".formatted(call, body, cut);
    }
}
