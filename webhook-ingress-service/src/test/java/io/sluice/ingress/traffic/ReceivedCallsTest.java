package io.sluice.ingress.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Calls and what became of them. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class ReceivedCallsTest {

    private static final byte[] EMPTY = {};

    @Test
    void everyOutcomeIsListedWithItsReason() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret")
                .withIntake("{\"filter\":\"body.n = 1\"}")
                .deploy();
        Traffic traffic = Traffic.of(endpoint);
        String one = Signed.github("secret", "{\"n\":1}");
        UUID run = endpoint.post("{\"n\":1}", "X-Hub-Signature-256", one, "X-GitHub-Delivery", "a")
                .runId();
        endpoint.post("{\"n\":1}", "X-Hub-Signature-256", one, "X-GitHub-Delivery", "a")
                .runId();
        endpoint.post("{\"n\":2}", "X-Hub-Signature-256", Signed.github("secret", "{\"n\":2}"));
        endpoint.post("{\"n\":1}").refused(401, "bad-signature");
        TestEndpoint.call("GET", endpoint.token(), EMPTY).refused(405, "method-not-allowed");
        traffic.listen(Duration.ofMinutes(1));
        endpoint.post("{\"n\":1}", "X-Hub-Signature-256", one, "X-GitHub-Delivery", "b");

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            List<Map<String, Object>> calls = traffic.calls().getList("items");
            assertThat(calls)
                    .extracting(call -> call.get("outcome") + " " + call.get("status"))
                    .containsExactly(
                            "captured 202",
                            "refused 405",
                            "refused 401",
                            "filtered 202",
                            "duplicate 202",
                            "accepted 202");
            assertThat(calls.get(1).get("reason")).isEqualTo("GET is not among the allowed methods");
            assertThat(calls.get(2).get("reason").toString()).isNotBlank();
            assertThat(calls.get(4).get("runIds")).isEqualTo(List.of(run.toString()));
            assertThat(calls.get(5).get("runIds")).isEqualTo(List.of(run.toString()));
        });
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(traffic.activity().getMap("counts"))
                        .isEqualTo(Map.of(
                                "accepted",
                                1,
                                "duplicate",
                                1,
                                "filtered",
                                1,
                                "refused",
                                2,
                                "handshake",
                                0,
                                "captured",
                                1)));
        assertThat(traffic.calls("outcome", "refused").getList("items")).hasSize(2);
        assertThat(traffic.get("/calls", "outcome", "nonsense").statusCode()).isIn(400, 422);
    }

    @Test
    void callsArePagedFromTheNewestOn() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMethods("POST").deploy();
        for (int i = 0; i < 12; i++) {
            if (i % 3 == 0) {
                TestEndpoint.call("GET", endpoint.token(), EMPTY).refused(405, "method-not-allowed");
            } else {
                endpoint.post("{}").runId();
            }
        }
        Traffic traffic = Traffic.of(endpoint);
        traffic.newest("refused", 4);

        List<String> ids = new ArrayList<>();
        JsonPath page = traffic.calls("limit", 5);
        ids.addAll(page.getList("items.id", String.class));
        while (page.getString("nextCursor") != null) {
            page = traffic.calls("limit", 5, "before", page.getString("nextCursor"));
            ids.addAll(page.getList("items.id", String.class));
        }

        assertThat(ids).hasSize(12).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(traffic.calls().getList("items.id")).isEqualTo(ids);
    }

    @Test
    void refusedSignatureIsExplainedAndTheSecretIsNowhere() {
        TestEndpoint endpoint =
                TestEndpoint.of("github", "top-secret", "next-secret").deploy();
        String wrong = Signed.github("other", "{\"n\":1}");
        endpoint.post("{\"n\":1}", "X-Hub-Signature-256", wrong).refused(401, "bad-signature");

        JsonPath call = Traffic.of(endpoint).newest("refused");

        assertThat(call.getString("signature.scheme")).isEqualTo("github");
        assertThat(call.getString("signature.place")).isEqualToIgnoringCase("X-Hub-Signature-256");
        assertThat(call.getString("signature.received")).isEqualTo(wrong);
        assertThat(call.getString("signature.expected")).isEqualTo(Signed.github("top-secret", "{\"n\":1}"));
        assertThat(call.getString("signature.signedContent")).isEqualTo("{\"n\":1}");
        assertThat(call.prettify()).doesNotContain("top-secret").doesNotContain("next-secret");
    }

    @Test
    void credentialsAreNeitherKeptNorPassedOn() {
        TestEndpoint bearer = TestEndpoint.of("bearer", "top-secret").deploy();
        TestEndpoint gitlab = TestEndpoint.of("gitlab", "top-secret").deploy();
        TestEndpoint header =
                TestEndpoint.of("api-key", "top-secret").with("header", "X-Key").deploy();
        TestEndpoint query = TestEndpoint.of("api-key", "top-secret")
                .with("queryParameter", "key")
                .deploy();
        Map<TestEndpoint, UUID> runs = Map.of(
                bearer,
                bearer.post("{}", "Authorization", "Bearer top-secret", "Cookie", "s=top-secret")
                        .runId(),
                gitlab,
                gitlab.post("{}", "X-Gitlab-Token", "top-secret").runId(),
                header,
                header.post("{}", "X-Key", "top-secret").runId(),
                query,
                TestEndpoint.call(
                                "POST",
                                query.token() + "?a=1&k%65y=top-secret&b=2",
                                "{}".getBytes(StandardCharsets.UTF_8))
                        .runId());

        assertThat(runs).allSatisfy((endpoint, run) -> {
            assertThat(endpoint.event(run, "{}")).doesNotContain("top-secret");
            assertThat(Traffic.of(endpoint).newest("accepted").prettify()).doesNotContain("top-secret");
        });
        assertThat(Traffic.of(query).newest("accepted").getString("call.query"))
                .startsWith("a=1&")
                .endsWith("&b=2");
        assertThat(query.event(runs.get(query), "{query}")).isEqualTo("{\"a\": \"1\", \"b\": \"2\"}");
        assertThat(
                        Database.count(
                                "select count(*) from accepted_call where headers::text like '%top-secret%' or query like '%top-secret%'"))
                .isZero();
    }

    @Test
    void wrongCredentialsOfRefusedCallsAreNotKeptEither() {
        TestEndpoint bearer = TestEndpoint.of("bearer", "top-secret").deploy();
        TestEndpoint query = TestEndpoint.of("api-key", "top-secret")
                .with("queryParameter", "key")
                .deploy();
        bearer.post("{}", "Authorization", "Bearer top-secret-of-yesterday").refused(401, "bad-signature");
        TestEndpoint.call("POST", query.token() + "?key=top-secret-of-yesterday", "{}".getBytes(StandardCharsets.UTF_8))
                .refused(401, "bad-signature");

        for (TestEndpoint endpoint : List.of(bearer, query)) {
            JsonPath call = Traffic.of(endpoint).newest("refused");
            assertThat(call.prettify()).doesNotContain("top-secret");
            assertThat(call.getString("call.reason")).isNotBlank();
        }
    }

    @Test
    void tokenIsNotKeptWhereAProxyRepeatsIt() {
        TestEndpoint endpoint = TestEndpoint.open();

        UUID run = endpoint.post("{}", "X-Original-Uri", "/webhook/" + endpoint.token())
                .runId();

        assertThat(Traffic.of(endpoint).newest("accepted").prettify()).doesNotContain(endpoint.token());
        assertThat(endpoint.event(run, "{headers,x-original-uri}")).isEqualTo("\"/webhook/…\"");
    }

    @Test
    void callsBelongToTheirTenantAlone() {
        TestEndpoint endpoint = TestEndpoint.open();
        endpoint.post("{}").runId();
        UUID call = UUID.fromString(Traffic.of(endpoint).newest("accepted").getString("call.id"));
        Traffic other = Traffic.of(endpoint).ofTenant("another");

        assertThat(other.calls().getList("items")).isEmpty();
        assertThat(other.get("/calls/" + call).statusCode()).isEqualTo(404);
        assertThat(other.post("/calls/" + call + "/replay", "").statusCode()).isEqualTo(404);
        assertThat(other.activity().getList("urls")).isEmpty();
        assertThat(other.activity().getInt("counts.accepted")).isZero();
        assertThat(other.test(Map.of("send", true)).statusCode()).isBetween(400, 503);
        assertThat(endpoint.runs()).isEqualTo(1);
        assertThat(Traffic.of(TestEndpoint.open()).get("/calls/" + call).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyServicesMayAsk() {
        TestEndpoint endpoint = TestEndpoint.open();

        assertThat(Traffic.of(endpoint).as("admin").get("/calls").statusCode()).isEqualTo(403);
        assertThat(Traffic.of(endpoint).as("viewer").get("/activity").statusCode())
                .isEqualTo(403);
        assertThat(io.restassured.RestAssured.given()
                        .queryParam("tenant", endpoint.tenant())
                        .get("/internal/v1/webhooks/" + endpoint.integrationId() + "/calls")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void ofALargeRefusedBodyTheBeginningIsKept() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        endpoint.post("\"" + "x".repeat(100_000) + "\"").refused(401, "bad-signature");

        JsonPath call = Traffic.of(endpoint).newest("refused");

        assertThat(call.getInt("call.bodyBytes")).isEqualTo(100_002);
        assertThat(call.getBoolean("bodyCut")).isTrue();
        assertThat(call.getString("body")).hasSize(16 * 1024);
        assertThat(Traffic.of(endpoint)
                        .post("/calls/" + call.getString("call.id") + "/replay", "")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void refusedCallCanBeStartedOnceItsSecretIsMended() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        endpoint.post("{\"n\":1}").refused(401, "bad-signature");
        Traffic traffic = Traffic.of(endpoint);

        List<UUID> runs =
                traffic.replay(UUID.fromString(traffic.newest("refused").getString("call.id")));

        assertThat(endpoint.event(runs.getFirst(), "{body}")).isEqualTo("{\"n\": 1}");
    }
}
