package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint's condition. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class FilterTest {

    private static TestEndpoint filtered(String filter) {
        return TestEndpoint.of("none")
                .withIntake("{\"filter\":\"" + filter + "\"}")
                .deploy();
    }

    @Test
    void callForWhichTheConditionIsTrueStartsARun() {
        TestEndpoint endpoint = filtered("body.type = 'order.created' and headers.`x-shop` = 'a'");

        endpoint.post("{\"type\":\"order.created\"}", "X-Shop", "a").runId();
        Answer other = endpoint.post("{\"type\":\"order.created\"}", "X-Shop", "b");

        assertThat(other.status()).isEqualTo(202);
        assertThat(JsonPath.from(other.body()).getMap("")).isEqualTo(java.util.Map.of("outcome", "filtered"));
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body.missing",
                "'true'",
                "1",
                "[true]",
                "$error('no')",
                "body.n + 'x' > 1",
                "($f := function($n) { $f($n + 1) }; $f(0))"
            })
    void callForWhichTheConditionIsNotTrueStartsNothing(String filter) {
        TestEndpoint endpoint = filtered(filter);

        assertThat(endpoint.post("{\"n\":1}").status()).isEqualTo(202);

        assertThat(endpoint.runs()).isZero();
        assertThat(Traffic.of(endpoint).newest("filtered").getString("call.reason"))
                .contains("filter");
    }

    @Test
    void filteredCallIsCountedCanBeReadAndStartedAllTheSame() {
        TestEndpoint endpoint = filtered("body.n > 1");
        endpoint.post("{\"n\": 1}").status();

        Traffic traffic = Traffic.of(endpoint);
        JsonPath call = traffic.newest("filtered");
        List<UUID> runs = traffic.replay(UUID.fromString(call.getString("call.id")));

        assertThat(call.getString("body")).isEqualTo("{\"n\": 1}");
        assertThat(call.getString("call.reason")).isEqualTo("the filter is not true");
        assertThat(runs).hasSize(1);
        assertThat(endpoint.event(runs.getFirst(), "{body}")).isEqualTo("{\"n\": 1}");
        assertThat(endpoint.runs()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonPath activity = traffic.activity();
            assertThat(activity.getInt("counts.filtered")).isEqualTo(1);
            assertThat(activity.getInt("counts.accepted")).isZero();
            assertThat(activity.getInt("urls[0].calls")).isEqualTo(1);
        });
    }

    @Test
    void eventsOfABatchThatAreNotLetThroughAreCountedBesideTheOthers() {
        TestEndpoint endpoint = filtered("body.n > 1");
        String batch = IntStream.of(1, 2, 0, 3)
                .mapToObj(n -> "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/a\",\"id\":\"" + n
                        + "\",\"data\":{\"n\":" + n + "}}")
                .collect(Collectors.joining(",", "[", "]"));

        endpoint.post(batch, "Content-Type", "application/cloudevents-batch+json")
                .runId();

        assertThat(endpoint.runs()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonPath activity = Traffic.of(endpoint).activity();
            assertThat(activity.getInt("counts.accepted")).isEqualTo(1);
            assertThat(activity.getInt("counts.filtered")).isEqualTo(2);
        });
    }

    @Test
    void acceptedCallIsStartedOnceMore() {
        TestEndpoint endpoint = TestEndpoint.open();
        UUID first = endpoint.post("{\"n\":1}").runId();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(endpoint.event(first, "{body,n}")).isEqualTo("1"));
        Traffic traffic = Traffic.of(endpoint);

        List<UUID> runs =
                traffic.replay(UUID.fromString(traffic.newest("accepted").getString("call.id")));

        assertThat(runs).hasSize(1).doesNotContain(first);
        assertThat(endpoint.event(runs.getFirst(), "{body,n}")).isEqualTo("1");
        assertThat(endpoint.runs()).isEqualTo(2);
    }

    @Test
    void eventIdOfAFilteredCallIsNotUsedUp() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .with("eventIdHeader", "X-Id")
                .withIntake("{\"filter\":\"body.n > 1\"}")
                .deploy();
        endpoint.post("{\"n\":1}", "X-Id", "1");

        endpoint.post("{\"n\":2}", "X-Id", "1").runId();

        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void signatureIsLookedAtBeforeTheCondition() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret")
                .withIntake("{\"filter\":\"false\"}")
                .deploy();

        endpoint.post("{}").refused(401, "bad-signature");
        assertThat(endpoint.post("{}", "X-Hub-Signature-256", Signed.github("secret", "{}"))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void conditionThatCannotBeReadMakesTheEndpointUnavailable() {
        TestEndpoint endpoint = filtered("body.(");

        endpoint.post("{}").refused(503, "unavailable");
        assertThat(TestEndpoint.open().post("{}").status()).isEqualTo(202);
    }
}
