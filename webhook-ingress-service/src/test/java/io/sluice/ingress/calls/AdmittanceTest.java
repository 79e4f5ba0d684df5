package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.RawCall;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may call, and how often. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class AdmittanceTest {

    private static final String PARTNERS = "{\"allowedAddresses\":[\"203.0.113.0/24\",\"2001:db8::/32\"]}";

    @Test
    void callFromElsewhereLooksLikeAnUnknownUrlAndItsOwnerSeesWhy() {
        TestEndpoint endpoint = TestEndpoint.of("none").withIntake(PARTNERS).deploy();

        Answer elsewhere = endpoint.post("{}").refused(404, "not-found");

        Answer unknown = TestEndpoint.call("POST", "never-given-to-anybody-0123456789", new byte[] {'{', '}'})
                .refused(404, "not-found");
        assertThat(withoutId(elsewhere)).isEqualTo(withoutId(unknown));
        assertThat(elsewhere.http().headers().map().keySet())
                .isEqualTo(unknown.http().headers().map().keySet());
        assertThat(endpoint.runs()).isZero();
        JsonPath call = Traffic.of(endpoint).newest("refused");
        assertThat(call.getInt("call.status")).isEqualTo(404);
        assertThat(call.getString("call.reason")).contains("127.0.0.1").contains("allowed");
        assertThat(call.getString("call.sender")).isEqualTo("127.0.0.1");
    }

    @Test
    void addressThatTheProxyTellsCountsAndWhatStandsBeforeItDoesNot() {
        TestEndpoint endpoint = TestEndpoint.of("none").withIntake(PARTNERS).deploy();

        UUID v4 =
                endpoint.post("{}", "X-Forwarded-For", "10.0.0.1, 203.0.113.9").runId();
        UUID v6 = endpoint.post("{}", "X-Forwarded-For", "2001:db8::7").runId();
        endpoint.post("{}", "X-Forwarded-For", "203.0.113.9, 198.51.100.1").refused(404, "not-found");
        endpoint.post("{}", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-For", "198.51.100.1")
                .refused(404, "not-found");
        endpoint.post("{}", "X-Forwarded-For", "unknown").refused(404, "not-found");
        endpoint.post("{}", "Forwarded", "for=203.0.113.9").refused(404, "not-found");
        endpoint.post("{}", "X-Real-IP", "203.0.113.9").refused(404, "not-found");

        assertThat(v4).isNotEqualTo(v6);
        assertThat(endpoint.runs()).isEqualTo(2);
        assertThat(Traffic.of(endpoint).newest("accepted", 2).getString("call.sender"))
                .startsWith("2001:db8:");
    }

    @Test
    void ipListTakesEveryCallFromItsAddressesAndNoOther() {
        TestEndpoint endpoint = TestEndpoint.of("ip-list").withIntake(PARTNERS).deploy();

        endpoint.post("{}").refused(404, "not-found");
        assertThat(endpoint.post("{}", "X-Forwarded-For", "203.0.113.9").status())
                .isEqualTo(202);
    }

    @Test
    void ipListWithoutAddressesTakesNoCall() {
        TestEndpoint unsaid = TestEndpoint.of("ip-list").deploy();
        TestEndpoint empty = TestEndpoint.of("ip-list")
                .withIntake("{\"allowedAddresses\":[]}")
                .deploy();

        unsaid.post("{}").refused(503, "unavailable");
        empty.post("{}").refused(503, "unavailable");
        assertThat(unsaid.runs()).isZero();
        assertThat(empty.runs()).isZero();
    }

    @Test
    void callsAboveTheRateAreToldWhenToComeAgain() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withIntake("{\"rate\":{\"requests\":3,\"per\":\"PT1H\"}}")
                .deploy();

        for (int i = 0; i < 3; i++) {
            assertThat(endpoint.post("{}").status()).isEqualTo(202);
        }
        Answer answer = endpoint.post("{\"n\":4}").refused(429, "too-many-requests");

        // A third of the hour, until one more may come.
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1_000, 1_200);
        assertThat(endpoint.runs()).isEqualTo(3);
        assertThat(Traffic.of(endpoint).newest("refused").getInt("call.status")).isEqualTo(429);
    }

    @Test
    void rateIsGivenBackAsTimeGoes() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withIntake("{\"rate\":{\"requests\":1,\"per\":\"PT1S\"}}")
                .deploy();
        assertThat(endpoint.post("{}").status()).isEqualTo(202);
        Answer refused = endpoint.post("{}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(endpoint.post("{}").status()).isEqualTo(202));
    }

    @Test
    void callThatWasRefusedUnreadIsNotReplayedAsAnEmptyOne() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withIntake("{\"rate\":{\"requests\":1,\"per\":\"PT1H\"}}")
                .deploy();
        endpoint.post("{}").runId();
        endpoint.post("{\"order\":17}").refused(429, "too-many-requests");
        JsonPath call = Traffic.of(endpoint).newest("refused");

        int status = Traffic.of(endpoint)
                .post("/calls/" + call.getString("call.id") + "/replay", "")
                .statusCode();

        assertThat(call.getInt("call.bodyBytes")).isEqualTo("{\"order\":17}".length());
        assertThat(call.getBoolean("bodyCut")).isTrue();
        assertThat(status).isEqualTo(409);
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void callWithoutLengthThatWasRefusedUnreadIsNotReplayedEither() {
        TestEndpoint endpoint = TestEndpoint.of("none").withIntake(PARTNERS).deploy();
        try (RawCall call = RawCall.open()) {
            call.head("POST /webhook/" + endpoint.token() + " HTTP/1.1", "Host: a", "Transfer-Encoding: chunked")
                    .chunk(new byte[] {'{', '}'})
                    .chunk(new byte[0]);
            assertThat(call.reply().orElseThrow().status()).isEqualTo(404);
        }
        JsonPath call = Traffic.of(endpoint).newest("refused");

        assertThat(call.getBoolean("bodyCut")).isTrue();
        assertThat(Traffic.of(endpoint)
                        .post("/calls/" + call.getString("call.id") + "/replay", "")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void floodAtOneEndpointLeavesTheNewestHundredRefusedCallsAndOthersUntouched() {
        TestEndpoint flooded = TestEndpoint.of("github", "secret").deploy();
        TestEndpoint other = TestEndpoint.of("github", "secret").deploy();
        other.post("{}").refused(401, "bad-signature");
        for (int i = 0; i < 130; i++) {
            flooded.post("{\"n\":" + i + "}").refused(401, "bad-signature");
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<UUID> listed = Traffic.of(flooded)
                    .calls("outcome", "refused", "limit", 200)
                    .getList("items.id", UUID.class);
            assertThat(listed).hasSize(100);
            assertThat(Traffic.of(flooded).call(listed.getFirst()).getString("body"))
                    .isEqualTo("{\"n\":129}");
        });
        List<String> ids = new ArrayList<>();
        String before = null;
        do {
            JsonPath page = before == null
                    ? Traffic.of(flooded).calls("outcome", "refused", "limit", 30)
                    : Traffic.of(flooded).calls("outcome", "refused", "limit", 30, "before", before);
            ids.addAll(page.getList("items.id", String.class));
            before = page.getString("nextCursor");
        } while (before != null);

        assertThat(ids).hasSize(100).doesNotHaveDuplicates();
        // Ids of one millisecond have no order among them.
        assertThat(bodies(flooded)).doesNotContain("{\"n\":20}").contains("{\"n\":40}");
        assertThat(Traffic.of(other).calls().getList("items")).hasSize(1);
        assertThat(flooded.post("{}", "X-Hub-Signature-256", Signed.github("secret", "{}"))
                        .status())
                .isEqualTo(202);
    }

    private static List<String> bodies(TestEndpoint endpoint) {
        return Traffic.of(endpoint).calls("outcome", "refused", "limit", 200).getList("items.id", UUID.class).stream()
                .map(id -> Traffic.of(endpoint).call(id).getString("body"))
                .toList();
    }

    private static String withoutId(Answer answer) {
        return answer.body().replace(JsonPath.from(answer.body()).getString("requestId"), "");
    }
}
