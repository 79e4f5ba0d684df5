package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Test calls and listening, with an ingress that is a stub. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookTryPageTest {

    private final Person person = Person.editor(Person.freshTenant());
    private final Visitor editor = new Visitor(person);
    private final Visitor viewer = new Visitor(Person.viewer(person.tenant()));
    private final Visitor stranger = new Visitor(Person.editor(Person.freshTenant()));
    private Made made;
    private String tab;

    @BeforeEach
    void make() {
        made = Made.byWebhook(person, "One");
        tab = "/integrations/" + made.id() + "/webhook";
    }

    @Test
    void testCallBeginsWithTheTemplatesSample() {
        enabled();

        assertThat(editor.page(tab + "/test"))
                .contains("&quot;hello&quot; : &quot;world&quot;", "value=\"application/json\"")
                .contains("Sent in <code>X-GitHub-Delivery</code>");
    }

    @Test
    void testCallShowsAnswerRunAndCurl() {
        enabled();
        String run = UUID.randomUUID().toString();
        answersTest("""
                "answer": {"status": 202, "headers": {"x-a": "b"}, "body": "{\\"runId\\":\\"%s\\"}"}""".formatted(run));

        Response answer = editor.post(
                tab + "/test",
                Map.of(
                        "method",
                        "POST",
                        "contentType",
                        "text/plain",
                        "eventId",
                        "e-1",
                        "body",
                        "two\r\nlines",
                        "do",
                        "send"));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.asString())
                .contains(">202</span>", "x-a: b", "/integrations/" + made.id() + "/logs/" + run)
                .contains("curl -i &#39;x&#39;", "data-copy-text=\"curl\"", "value=\"e-1\"", "\ntwo\nlines</textarea>");
        JsonPath sent = sent();
        assertThat(sent.getBoolean("send")).isTrue();
        assertThat(sent.getString("body")).isEqualTo("two\nlines");
        assertThat(sent.getString("contentType")).isEqualTo("text/plain");
        assertThat(sent.getMap("headers")).isEqualTo(Map.of("X-GitHub-Delivery", "e-1"));
    }

    @Test
    void testCallCanBeShownWithoutBeingSent() {
        enabled();
        answersTest("\"answer\": null");

        Response answer = editor.post(tab + "/test", Map.of("body", "{}", "do", "show"));

        assertThat(answer.asString()).contains("Built, not sent");
        assertThat(sent().getBoolean("send")).isFalse();
    }

    @Test
    void largeBodyIsTaken() {
        enabled();
        answersTest("\"answer\": null");
        String large = "{\"a\":\"" + "x".repeat(100_000) + "\"}";

        assertThat(editor.post(tab + "/test", Map.of("body", large, "do", "show"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sent().getString("body")).isEqualTo(large);
    }

    @Test
    void testCallOfAWebhookThatIsOffKeepsWhatWasTyped() {
        Response answer = editor.post(tab + "/test", Map.of("body", "mine", "do", "send"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.asString()).contains("\nmine</textarea>", "not enabled");
        assertThat(StubIngress.asked(made.id() + "/test-call")).isEmpty();
    }

    @Test
    void listeningWaitsOnAPageOfItsOwn() {
        String listener = listener(Instant.now().plusSeconds(60), "");

        Response begun = editor.post(tab + "/listen", Map.of());

        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(303);
        assertThat(begun.header("Location")).endsWith(tab + "/listen/" + listener);
        assertThat(editor.page(tab + "/listen/" + listener))
                .contains("Waiting", "data-listen=\"" + tab + "/listen/" + listener + "?wait=20s\"", "Look now");
        editor.page(tab + "/listen/" + listener + "?wait=1s");
        assertThat(StubIngress.asked(made.id() + "/listeners/" + listener)
                        .getLast()
                        .query())
                .contains("wait=1s");
    }

    @Test
    void callThatCameIsLedTo() {
        String call = UUID.randomUUID().toString();
        String listener = listener(Instant.now().plusSeconds(60), """
                , "call": {"call": {"id": "%s", "receivedAt": "2026-11-24T05:55:00Z", "outcome": "captured",
                 "status": 202, "method": "POST", "bodyBytes": 2, "runIds": [], "previousUrl": false},
                 "headers": {}, "body": "{}", "bodyCut": false}""".formatted(call));

        Response answer = editor.get(tab + "/listen/" + listener);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith(tab + "/calls/" + call);
    }

    @Test
    void listeningThatEndedCanBegunAnew() {
        String listener = listener(Instant.now().minusSeconds(1), "");

        assertThat(editor.page(tab + "/listen/" + listener))
                .contains("No call came", "Listen again")
                .doesNotContain("data-listen=");
    }

    @Test
    void unknownListenerIsAPageThatSaysSo() {
        Response answer = editor.get(tab + "/listen/" + UUID.randomUUID());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("text/html");
    }

    @Test
    void viewerTriesNothingAndAnotherTenantSeesNothing() {
        String listener = tab + "/listen/" + UUID.randomUUID();
        for (String path : List.of(tab + "/test", listener)) {
            assertThat(viewer.get(path).statusCode()).isEqualTo(403);
            assertThat(stranger.get(path).statusCode()).isEqualTo(404);
        }
        for (String path : List.of(tab + "/test", tab + "/listen")) {
            assertThat(viewer.post(path, Map.of()).statusCode()).isEqualTo(403);
            assertThat(stranger.post(path, Map.of()).statusCode()).isEqualTo(404);
        }
        assertThat(StubIngress.knowsOf(made.id())).isFalse();
    }

    private String listener(Instant until, String call) {
        String id = UUID.randomUUID().toString();
        String listener = "{\"id\": \"" + id + "\", \"until\": \"" + until + "\"";
        StubIngress.answers(made.id() + "/listeners", 200, listener + "}");
        StubIngress.answers(made.id() + "/listeners/" + id, 200, listener + call + "}");
        return id;
    }

    private void answersTest(String answer) {
        StubIngress.answers(made.id() + "/test-call", 200, """
                {"method": "POST", "url": "https://hooks.example.org/webhook/x", "headers": {}, "body": "",
                 "curl": "curl -i 'x'", %s}""".formatted(answer));
    }

    private JsonPath sent() {
        return JsonPath.from(
                        StubIngress.asked(made.id() + "/test-call").getLast().body())
                .setRootPath("request");
    }

    private void enabled() {
        Response answer = person.call("*")
                .body(Map.of("enabled", true, "verification", Map.of("scheme", "github", "secrets", List.of("s3cret"))))
                .put(made.path() + "/webhook");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        Visitor.awaitInForce();
    }
}
