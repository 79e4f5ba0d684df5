package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that came in, asked of an ingress that is a stub. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookTrafficTest {

    private static final String CALL = """
            {"id": "%s", "receivedAt": "2026-11-24T05:55:00Z", "outcome": "refused", "status": 401,
             "reason": "signature", "method": "POST", "bodyBytes": 2, "runIds": [], "previousUrl": false}""";
    private static final String DETAIL = """
            {"call": %s, "headers": {"x-a": ["1"]}, "body": "{}", "bodyCut": false,
             "signature": {"scheme": "hmac", "place": "X-Signature", "received": "aa", "expected": "bb"}}""";
    private static final String LISTENER = """
            {"id": "%s", "until": "2026-11-24T06:00:00Z"}""";
    private static final String TEST_CALL = """
            {"method": "POST", "url": "https://hooks.example.org/webhook/x", "headers": {}, "body": "", "curl": "curl"}""";

    private final Person editor = Person.editor(Person.freshTenant());
    private final Person viewer = Person.viewer(editor.tenant());
    private final Person stranger = Person.editor(Person.freshTenant());
    private final String callId = UUID.randomUUID().toString();
    private Made made;
    private String base;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
        base = made.path() + "/webhook";
    }

    @Test
    void viewerReadsTheActivity() {
        StubIngress.answers(made.id() + "/activity", 200, """
                {"urls": [{"current": true, "calls": 7}], "overdue": true, "overdueSince": "2026-11-24T05:55:00Z",
                 "expectEvery": "PT1H", "counts": {"accepted": 7, "duplicate": 1, "filtered": 0, "refused": 2,
                 "handshake": 0, "captured": 0}}""");

        Response answer = viewer.call().get(base + "/activity");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getInt("counts.accepted")).isEqualTo(7);
        assertThat(answer.jsonPath().getInt("urls[0].calls")).isEqualTo(7);
        assertThat(answer.jsonPath().getString("expectEvery")).isEqualTo("PT1H");
        StubIngress.Question asked = asked("/activity");
        assertThat(asked.query()).isEqualTo("tenant=" + editor.tenant());
        assertThat(asked.authorization()).startsWith("Bearer ");
    }

    @Test
    void callsAreListedPageByPage() {
        StubIngress.answers(
                made.id() + "/calls",
                200,
                "{\"items\": [" + CALL.formatted(UUID.randomUUID()) + "," + CALL.formatted(callId)
                        + "], \"nextCursor\": \"" + callId + "\"}");

        JsonPath page = viewer.call()
                .queryParam("outcome", "refused")
                .queryParam("limit", 1000)
                .get(base + "/calls")
                .jsonPath();
        String next = page.getString("nextCursor");
        assertThat(asked("/calls").query().split("&"))
                .containsExactlyInAnyOrder("tenant=" + editor.tenant(), "outcome=refused", "limit=200");
        viewer.call().queryParam("cursor", next).get(base + "/calls");

        assertThat(page.getList("items.outcome")).containsExactly("refused", "refused");
        assertThat(next).isNotBlank().isNotEqualTo(callId);
        assertThat(asked("/calls").query().split("&"))
                .containsExactlyInAnyOrder("tenant=" + editor.tenant(), "before=" + callId, "limit=50");
    }

    @Test
    void lastPageHasNoCursor() {
        StubIngress.answers(made.id() + "/calls", 200, "{\"items\": [" + CALL.formatted(callId) + "]}");

        assertThat(viewer.call().get(base + "/calls").jsonPath().getString("nextCursor"))
                .isNull();
    }

    @Test
    void wrongFilterAndCursorAreNamed() {
        Problems.fields(viewer.call().get(base + "/calls?outcome=lost"), "?outcome");
        Problems.fields(viewer.call().get(base + "/calls?cursor=" + callId), "?cursor");
        Problems.fields(viewer.call().get(base + "/calls?cursor=%25"), "?cursor");
    }

    @Test
    void editorSeesWhatWasSignedAndAViewerDoesNot() {
        StubIngress.answers(made.id() + "/calls/" + callId, 200, DETAIL.formatted(CALL.formatted(callId)));

        JsonPath full = editor.call().get(base + "/calls/" + callId).jsonPath();
        JsonPath less = viewer.call().get(base + "/calls/" + callId).jsonPath();

        assertThat(full.getString("signature.expected")).isEqualTo("bb");
        assertThat(less.getString("body")).isEqualTo("{}");
        assertThat(less.getMap("")).doesNotContainKey("signature");
    }

    @Test
    void whatIngressDoesNotKnowIs404AndWhatItRefusesIsPassedOn() {
        StubIngress.answers(
                made.id() + "/calls/" + callId + "/replay", 409, Problems.json("run-state", 409, "Nothing to replay."));

        Problems.check(viewer.call().get(base + "/calls/" + callId), 404, "not-found");
        JsonPath refused = Problems.check(editor.call().post(base + "/calls/" + callId + "/replay"), 409, "run-state");
        assertThat(refused.getString("detail")).isEqualTo("Nothing to replay.");
    }

    @Test
    void replayTellsItsRunsAndWhoWantedThem() {
        String run = UUID.randomUUID().toString();
        StubIngress.answers(made.id() + "/calls/" + callId + "/replay", 200, "{\"runIds\": [\"" + run + "\"]}");

        Response answer = editor.call().post(base + "/calls/" + callId + "/replay");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
        assertThat(answer.jsonPath().getList("runIds")).containsExactly(run);
        assertThat(asked("/calls/" + callId + "/replay").query()).contains("by=" + editor.name());
    }

    @Test
    void testCallHasTheUrlAndTheTemplatesSample() {
        String url = enabled();
        StubIngress.answers(made.id() + "/test-call", 200, TEST_CALL);

        Response answer = editor.call().post(base + "/test-call");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("curl")).isEqualTo("curl");
        JsonPath sent = JsonPath.from(asked("/test-call").body());
        assertThat(sent.getString("url")).isEqualTo(url);
        assertThat(sent.getString("request.body")).isEqualTo("{\"hello\":\"world\"}");
        assertThat(sent.getString("request.contentType")).isEqualTo("application/json");
        assertThat(sent.getBoolean("request.send")).isFalse();
    }

    @Test
    void testCallTakesWhatIsGiven() {
        enabled();
        StubIngress.answers(made.id() + "/test-call", 200, TEST_CALL);

        editor.call().body(Map.of("body", "mine", "query", "a=b", "send", true)).post(base + "/test-call");
        JsonPath sent = JsonPath.from(asked("/test-call").body());
        editor.call().body(Map.of("method", "GET")).post(base + "/test-call");
        JsonPath withoutBody = JsonPath.from(asked("/test-call").body());

        assertThat(sent.getString("request.body")).isEqualTo("mine");
        assertThat(sent.getString("request.query")).isEqualTo("a=b");
        assertThat(sent.getBoolean("request.send")).isTrue();
        assertThat(withoutBody.getString("request.body")).isNull();
    }

    @Test
    void testCallNeedsAnEnabledWebhook() {
        JsonPath problem = Problems.check(editor.call().post(base + "/test-call"), 409, "webhook-off");

        assertThat(problem.getString("detail")).contains("PUT " + base);
        enabled();
        editor.call("*").body(Map.of("enabled", false)).put(base);
        Problems.check(editor.call().post(base + "/test-call"), 409, "webhook-off");
        assertThat(StubIngress.knowsOf(made.id())).isFalse();
    }

    @Test
    void listenerIsMadeAndAsked() {
        String listener = UUID.randomUUID().toString();
        StubIngress.answers(made.id() + "/listeners", 200, LISTENER.formatted(listener));
        StubIngress.answers(made.id() + "/listeners/" + listener, 200, LISTENER.formatted(listener));

        Response made201 = editor.call().post(base + "/listeners");
        Response read = editor.call().queryParam("wait", "5s").get(base + "/listeners/" + listener);

        assertThat(made201.statusCode()).as(made201.asString()).isEqualTo(201);
        assertThat(made201.header("Location")).endsWith(base + "/listeners/" + listener);
        assertThat(read.jsonPath().getString("id")).isEqualTo(listener);
        assertThat(asked("/listeners/" + listener).query()).contains("wait=5s");
        Problems.fields(editor.call().body(Map.of("duration", "PT2H")).post(base + "/listeners"), "/duration");
        Problems.fields(editor.call().body(Map.of("duration", "PT0S")).post(base + "/listeners"), "/duration");
    }

    @Test
    void viewerStartsNothing() {
        Problems.check(viewer.call().post(base + "/calls/" + callId + "/replay"), 403, "forbidden");
        Problems.check(viewer.call().post(base + "/test-call"), 403, "forbidden");
        Problems.check(viewer.call().post(base + "/listeners"), 403, "forbidden");
        Problems.check(viewer.call().get(base + "/listeners/" + callId), 403, "forbidden");
    }

    @Test
    void anotherTenantLearnsNothingAndIngressIsNotAsked() {
        for (Response answer : List.of(
                stranger.call().get(base + "/activity"),
                stranger.call().get(base + "/calls"),
                stranger.call().get(base + "/calls/" + callId),
                stranger.call().post(base + "/calls/" + callId + "/replay"),
                stranger.call().post(base + "/test-call"),
                stranger.call().post(base + "/listeners"),
                stranger.call().get(base + "/listeners/" + callId))) {
            Problems.check(answer, 404, "not-found");
        }
        assertThat(StubIngress.knowsOf(made.id())).isFalse();
    }

    @Test
    void ingressAwayIs503AndNeverAnEmptyList() {
        StubIngress.breaksAt(made.id() + "/activity");
        StubIngress.answers(made.id() + "/calls", 500, Problems.json("internal-error", 500, "Its own trouble."));
        StubIngress.answers(made.id() + "/listeners", 401, Problems.json("unauthenticated", 401, "Ours with it."));

        for (Response answer : List.of(
                viewer.call().get(base + "/activity"),
                viewer.call().get(base + "/calls"),
                editor.call().post(base + "/listeners"))) {
            JsonPath problem = Problems.check(answer, 503, "unavailable");
            assertThat(problem.getString("detail")).contains("ingress");
            assertThat(answer.header("Retry-After")).isNotBlank();
        }
    }

    /** Enabled, and in force at ingress. */
    private String enabled() {
        String url = editor.call("*")
                .body(Map.of("enabled", true))
                .put(base)
                .jsonPath()
                .getString("url");
        Feed.ingress().end();
        return url;
    }

    private StubIngress.Question asked(String path) {
        return StubIngress.asked(made.id() + path).getLast();
    }
}
