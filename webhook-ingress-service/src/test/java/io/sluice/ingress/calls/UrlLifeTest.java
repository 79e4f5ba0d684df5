package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A URL from its beginning to its end, and what can be told of it from outside. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class UrlLifeTest {

    private static final String UNKNOWN = "never-given-to-anybody-0123456789";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String META = "?hub.mode=subscribe&hub.challenge=115&hub.verify_token=";

    /** A call at any URL. */
    private record Shape(String method, String query, String body, String... headers) {
        Answer at(String token) {
            return TestEndpoint.call(method, token + query, body.getBytes(StandardCharsets.UTF_8), headers);
        }
    }

    /** Calls of every kind: plain ones, large ones, and the questions of all senders. */
    private static Stream<Shape> shapes() {
        return Stream.of(
                new Shape("POST", "", "{}"),
                new Shape("GET", "", ""),
                new Shape("PUT", "?a=1", "x"),
                new Shape("DELETE", "", ""),
                new Shape("OPTIONS", "", ""),
                new Shape("OPTIONS", "", "", "WebHook-Request-Origin", "events.example.org"),
                new Shape("POST", "", "x".repeat(300_000)),
                new Shape("POST", "", "x".repeat(30_000), "Content-Type", FORM),
                new Shape("POST", "", "webhook_id=17", "Content-Type", FORM),
                new Shape("POST", "", "ssl_check=1&token=abc", "Content-Type", FORM),
                new Shape("POST", "", "{\"type\":\"url_verification\",\"challenge\":\"abc\"}"),
                new Shape("POST", "?validationToken=abc", ""),
                new Shape("GET", META + "x", ""),
                new Shape("GET", "?challenge=abc", ""),
                new Shape("GET", "?crc_token=abc", ""),
                new Shape(
                        "POST",
                        "",
                        "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}"),
                new Shape("POST", "", "{}", "Content-Encoding", "gzip"));
    }

    @Test
    void unknownDisabledAndRotatedAnswerEveryShapeOfCallAlike() {
        TestEndpoint rotated = TestEndpoint.of("github", "secret").deploy();
        String old = rotated.rotated(Duration.ZERO);
        // Its own question, an unsigned POST of 200 for WooCommerce, is none of the shapes that GitHub has.
        TestEndpoint disabled =
                TestEndpoint.of("github", "secret").enabled(false).deploy();

        assertThat(shapes()).allSatisfy(shape -> {
            Answer unknown = shape.at(UNKNOWN).refused(404, "not-found");
            for (String token : List.of(old, disabled.token())) {
                Answer answer = shape.at(token).refused(404, "not-found");
                assertThat(withoutId(answer)).isEqualTo(withoutId(unknown));
                assertThat(headerNames(answer)).isEqualTo(headerNames(unknown));
            }
        });
        assertThat(disabled.runs()).isZero();
    }

    @Test
    void anotherSendersQuestionIsNotAnsweredWhileTheEndpointIsDisabled() {
        TestEndpoint woo =
                TestEndpoint.of("woocommerce", "secret").enabled(false).deploy();

        assertThat(shapes().filter(shape -> !shape.body().equals("webhook_id=17")))
                .allSatisfy(shape -> {
                    Answer answer = shape.at(woo.token()).refused(404, "not-found");
                    assertThat(withoutId(answer)).isEqualTo(withoutId(shape.at(UNKNOWN)));
                    assertThat(headerNames(answer)).isEqualTo(headerNames(shape.at(UNKNOWN)));
                });
    }

    @Test
    void ownQuestionIsAnsweredWhileTheEndpointIsDisabledAndStartsNoRun() {
        TestEndpoint woo =
                TestEndpoint.of("woocommerce", "secret").enabled(false).deploy();
        TestEndpoint meta = TestEndpoint.of("meta", "secret")
                .with("verifyToken", "ours")
                .enabled(false)
                .deploy();

        Answer ping = woo.post("webhook_id=17", "Content-Type", FORM);
        Answer challenge = TestEndpoint.call("GET", meta.token() + META + "ours", new byte[0]);

        assertThat(ping.status()).isEqualTo(200);
        assertThat(challenge.status()).isEqualTo(200);
        assertThat(challenge.body()).isEqualTo("115");
        assertThat(woo.runs() + meta.runs()).isZero();
        assertThat(Traffic.of(meta).newest("handshake").getInt("call.status")).isEqualTo(200);
    }

    @Test
    void ownQuestionWithAWrongAnswerLooksLikeAnUnknownUrlWhileTheEndpointIsDisabled() {
        TestEndpoint meta = TestEndpoint.of("meta", "secret")
                .with("verifyToken", "ours")
                .enabled(false)
                .deploy();
        Shape wrong = new Shape("GET", META + "theirs", "");

        Answer answer = wrong.at(meta.token()).refused(404, "not-found");

        assertThat(withoutId(answer)).isEqualTo(withoutId(wrong.at(UNKNOWN)));
    }

    @Test
    void changeIsInForceWithinASecond() {
        TestEndpoint endpoint = TestEndpoint.open();
        assertThat(endpoint.post("{}").status()).isEqualTo(202);

        // Deploying returns when the feed's follower has taken it over.
        endpoint.enabled(false).deploy();
        inASecond(() -> endpoint.post("{}").refused(404, "not-found"));

        endpoint.enabled(true).withMethods("PUT").deploy();
        inASecond(() -> endpoint.post("{}").refused(405, "method-not-allowed"));
    }

    private static void inASecond(Runnable assertion) {
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion::run);
    }

    @Test
    void callsOfBothUrlsAreCountedApartDuringAnOverlap() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        String signature = Signed.github("secret", "{}".getBytes(StandardCharsets.UTF_8));
        String old = endpoint.rotated(Duration.ofMinutes(5));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        List<UUID> runs = new ArrayList<>();
        runs.add(endpoint.post("{}", "X-Hub-Signature-256", signature).runId());
        runs.add(endpoint.post("{}", "X-Hub-Signature-256", signature).runId());
        runs.add(TestEndpoint.call("POST", old, body, "X-Hub-Signature-256", signature)
                .runId());
        TestEndpoint.call("POST", old, body).refused(401, "bad-signature");

        Traffic traffic = Traffic.of(endpoint);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonPath activity = traffic.activity();
            assertThat(activity.getList("urls.current")).containsExactly(true, false);
            assertThat(activity.getList("urls.calls")).containsExactly(2, 1);
            assertThat(activity.getList("urls.lastCallAt")).doesNotContainNull();
            assertThat(activity.getString("urls[1].until")).isNotNull();
            assertThat(activity.getInt("counts.accepted")).isEqualTo(3);
            assertThat(activity.getInt("counts.refused")).isEqualTo(1);
        });
        JsonPath calls = traffic.calls("outcome", "accepted");
        assertThat(calls.getList("items.runIds.flatten()", String.class))
                .containsExactlyInAnyOrderElementsOf(
                        runs.stream().map(UUID::toString).toList());
        assertThat(calls.getList("items.previousUrl", Boolean.class)).containsOnlyOnce(true);
    }

    @Test
    void urlWhoseOverlapIsOverIsLookedUpLikeAnUnknownOne() {
        TestEndpoint endpoint = TestEndpoint.open();
        String old = endpoint.rotated(Duration.ofSeconds(2));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(TestEndpoint.call("POST", old, body).status()).isIn(202, 404);
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

        Database.away();
        Answer rotated;
        try {
            rotated = TestEndpoint.call("POST", old, body);
        } finally {
            Database.back();
        }

        rotated.refused(503, "unavailable");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> TestEndpoint.call("POST", old, body).refused(404, "not-found"));
    }

    /** As a feed does that begins anew and does not name it again. */
    @Test
    void endpointThatIsDeletedWithoutARevisionTakesNoMoreCallsAfterAWhile() {
        TestEndpoint endpoint = TestEndpoint.open();
        assertThat(endpoint.post("{}").status()).isEqualTo(202);

        Database.execute(
                "update deployment set deleted = true, revision = 0 where integration_id = ?",
                endpoint.integrationId());

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> endpoint.post("{}").refused(404, "not-found"));
    }

    @Test
    void activityOfADisabledEndpointCanStillBeRead() {
        TestEndpoint endpoint = TestEndpoint.open();
        endpoint.post("{}").runId();
        endpoint.enabled(false).deploy();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Traffic.of(endpoint).activity().getInt("counts.accepted"))
                        .isEqualTo(1));
    }

    private static String withoutId(Answer answer) {
        return answer.body().replace(JsonPath.from(answer.body()).getString("requestId"), "");
    }

    private static TreeSet<String> headerNames(Answer answer) {
        return new TreeSet<>(answer.http().headers().map().keySet());
    }
}
