package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which URLs take calls, and what the others say. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class EndpointsTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void unknownDisabledDeletedAndRotatedUrlsAnswerAlike() {
        TestEndpoint rotated = TestEndpoint.open();
        String old = rotated.rotated(Duration.ZERO);
        List<Answer> answers = List.of(
                TestEndpoint.call("POST", "never-given-to-anybody-0123456789", BODY),
                TestEndpoint.of("none").enabled(false).deploy().post("{}"),
                TestEndpoint.of("woocommerce", "secret").enabled(false).deploy().post("{}"),
                TestEndpoint.open().deleted().post("{}"),
                TestEndpoint.call("POST", old, BODY),
                TestEndpoint.call("GET", old, new byte[0]));

        assertThat(answers).allSatisfy(answer -> answer.refused(404, "not-found"));
        // But for the id of the request nobody can tell them apart.
        assertThat(answers).extracting(EndpointsTest::withoutId).containsOnly(withoutId(answers.getFirst()));
        assertThat(answers)
                .extracting(answer -> answer.http().headers().map().keySet())
                .containsOnly(answers.getFirst().http().headers().map().keySet());
    }

    @Test
    void rotatedUrlWorksUntilTheEndOfItsOverlap() {
        TestEndpoint endpoint = TestEndpoint.open();
        String old = endpoint.rotated(Duration.ofSeconds(3));

        assertThat(TestEndpoint.call("POST", old, BODY).status()).isEqualTo(202);
        assertThat(endpoint.post("{}").status()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> TestEndpoint.call("POST", old, BODY).refused(404, "not-found"));
        assertThat(endpoint.post("{}").status()).isEqualTo(202);
    }

    @Test
    void endpointThatIsTurnedOnAgainTakesCalls() {
        TestEndpoint endpoint = TestEndpoint.of("none").enabled(false).deploy();
        endpoint.post("{}").refused(404, "not-found");

        endpoint.enabled(true).deploy();

        assertThat(endpoint.post("{}").status()).isEqualTo(202);
    }

    @Test
    void methodThatIsNotWantedGetsTheListOfThose() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").withMethods("POST", "PUT").deploy();

        assertThat(TestEndpoint.call("PUT", endpoint.token(), BODY).status()).isEqualTo(202);
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            Answer answer =
                    TestEndpoint.call(method, endpoint.token(), new byte[0]).refused(405, "method-not-allowed");
            assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder("POST", "PUT");
        }
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void everyMethodThatIsWantedStartsARun() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withMethods("GET", "POST", "PUT", "PATCH", "DELETE")
                .deploy();

        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            UUID run = TestEndpoint.call(method, endpoint.token(), new byte[0]).runId();
            assertThat(endpoint.event(run, "{method}")).isEqualTo("\"" + method + "\"");
        }
    }

    @Test
    void bodyAboveTheEndpointsOwnLimitIsRefused() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMaxBody(100).deploy();

        assertThat(endpoint.post("\"" + "x".repeat(98) + "\"").status()).isEqualTo(202);
        endpoint.post("\"" + "x".repeat(99) + "\"").refused(413, "too-large");
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void bodyOfTwoMegabytesIsRefusedByDefault() {
        TestEndpoint endpoint = TestEndpoint.open();

        endpoint.post("\"" + "x".repeat(2 * 1024 * 1024) + "\"").refused(413, "too-large");
    }

    @Test
    void schemeThatIsNotKnownHereAnswers503AndDoesNotStallTheFeed() {
        TestEndpoint future = TestEndpoint.of("quantum-signature").deploy();
        TestEndpoint after = TestEndpoint.open();

        Answer answer = future.post("{}").refused(503, "unavailable");

        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(future.runs()).isZero();
        assertThat(after.post("{}").status()).isEqualTo(202);
    }

    @Test
    void fieldThatIsNotKnownHereAnswers503AndDoesNotStallTheFeed() {
        TestEndpoint future = TestEndpoint.of("none").withUnknownField().deploy();
        TestEndpoint after = TestEndpoint.open();

        future.post("{}").refused(503, "unavailable");
        assertThat(after.post("{}").status()).isEqualTo(202);
    }

    @Test
    void flowThatIsNotUnderstoodHereAnswers503EachTimeItComes() {
        TestEndpoint.keepFlow("future", TestEndpoint.FLOW.replace("\"set\"", "\"teleport\""));
        TestEndpoint one = TestEndpoint.of("none").withFlow("future").deploy();
        TestEndpoint two = TestEndpoint.of("none").withFlow("future").deploy();
        TestEndpoint after = TestEndpoint.open();

        one.post("{}").refused(503, "unavailable");
        two.post("{}").refused(503, "unavailable");
        one.deploy().post("{}").refused(503, "unavailable");
        assertThat(after.post("{}").status()).isEqualTo(202);
    }

    @Test
    void headAndOptionsStartRunsWhereTheEndpointAllowsThem() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").withMethods("HEAD", "OPTIONS").deploy();

        Answer head = TestEndpoint.call("HEAD", endpoint.token() + "?a=1", new byte[0]);
        Answer options = TestEndpoint.call("OPTIONS", endpoint.token(), new byte[0]);

        assertThat(head.status()).isEqualTo(202);
        assertThat(head.body()).isEmpty();
        assertThat(endpoint.event(options.runId(), "{method}")).isEqualTo("\"OPTIONS\"");
        assertThat(endpoint.runs()).isEqualTo(2);
        endpoint.post("{}").refused(405, "method-not-allowed");
    }

    @Test
    void endpointThatIsMendedTakesCallsAgain() {
        TestEndpoint endpoint = TestEndpoint.of("quantum-signature").deploy();
        endpoint.post("{}").refused(503, "unavailable");

        endpoint.with("scheme", "none").deploy();

        assertThat(endpoint.post("{}").status()).isEqualTo(202);
    }

    @Test
    void databaseThatIsAwayAnswers503AndIsUsedAgainOnceItIsBack() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").with("eventIdHeader", "X-Event-Id").deploy();
        List<Answer> away = new ArrayList<>();
        Database.away();
        try {
            away.add(endpoint.post("{}", "X-Event-Id", "e1"));
            away.add(endpoint.post("{}", "X-Event-Id", "e1"));
            away.add(TestEndpoint.call("POST", "never-given-to-anybody-0123456789", BODY));
        } finally {
            Database.back();
        }

        assertThat(away).allSatisfy(answer -> {
            answer.refused(503, "unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(endpoint.post("{}", "X-Event-Id", "e1").status())
                                .isEqualTo(202));
        assertThat(endpoint.runs()).isEqualTo(1);
        // The follower finds back too.
        assertThat(TestEndpoint.open().post("{}").status()).isEqualTo(202);
    }

    private static String withoutId(Answer answer) {
        String id = JsonPath.from(answer.body()).getString("requestId");
        return answer.body().replace(id, "");
    }
}
