package io.sluice.ingress.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.Database;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waiting for the next call. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class ListenTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void nextCallIsShownAndStartsNoRunAndTheOneAfterDoes() {
        TestEndpoint endpoint = TestEndpoint.open();
        Traffic traffic = Traffic.of(endpoint);
        UUID listener = traffic.listen(MINUTE);
        assertThat(traffic.listener(listener, "").getString("call")).isNull();

        Answer shown = endpoint.post("{\"n\":1}");
        Answer taken = endpoint.post("{\"n\":2}");

        assertThat(shown.status()).isEqualTo(202);
        assertThat(JsonPath.from(shown.body()).getMap("")).isEqualTo(Map.of("outcome", "captured"));
        assertThat(endpoint.event(taken.runId(), "{body,n}")).isEqualTo("2");
        assertThat(endpoint.runs()).isEqualTo(1);
        JsonPath heard = traffic.listener(listener, "");
        assertThat(heard.getString("call.body")).isEqualTo("{\"n\":1}");
        assertThat(heard.getString("call.call.outcome")).isEqualTo("captured");
    }

    @Test
    void whoWaitsHearsTheCallWhenItComes() throws Exception {
        TestEndpoint endpoint = TestEndpoint.open();
        Traffic traffic = Traffic.of(endpoint);
        UUID listener = traffic.listen(MINUTE);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<JsonPath> heard = thread.submit(() -> traffic.listener(listener, "20s"));
            endpoint.post("{\"n\":1}");

            assertThat(heard.get(10, TimeUnit.SECONDS).getString("call.body")).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void ofCallsAtOnceExactlyOneIsShown() throws Exception {
        TestEndpoint endpoint = TestEndpoint.open();
        Traffic.of(endpoint).listen(MINUTE);
        List<Future<Answer>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 64; i++) {
                calls.add(callers.submit(() -> endpoint.post("{}")));
            }
        }
        int captured = 0;
        for (Future<Answer> call : calls) {
            captured += call.get(1, TimeUnit.SECONDS).body().contains("captured") ? 1 : 0;
        }

        assertThat(captured).isEqualTo(1);
        assertThat(endpoint.runs()).isEqualTo(63);
    }

    @Test
    void eachOfTwoListenersHearsACallOfItsOwn() {
        TestEndpoint endpoint = TestEndpoint.open();
        Traffic traffic = Traffic.of(endpoint);
        UUID first = traffic.listen(MINUTE);
        UUID second = traffic.listen(MINUTE);

        endpoint.post("{\"n\":1}");
        endpoint.post("{\"n\":2}");
        endpoint.post("{\"n\":3}").runId();

        assertThat(List.of(
                        traffic.listener(first, "").getString("call.body"),
                        traffic.listener(second, "").getString("call.body")))
                .containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}");
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void refusedCallDoesNotUseUpTheListener() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        Traffic traffic = Traffic.of(endpoint);
        UUID listener = traffic.listen(MINUTE);

        endpoint.post("{}").refused(401, "bad-signature");
        assertThat(traffic.listener(listener, "").getString("call")).isNull();
        endpoint.post("{}", "X-Hub-Signature-256", Signed.github("secret", "{}"));

        assertThat(traffic.listener(listener, "").getString("call.body")).isEqualTo("{}");
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void eventThatWasShownIsNewWhenItComesAgain() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").with("eventIdHeader", "X-Id").deploy();
        Traffic.of(endpoint).listen(MINUTE);

        endpoint.post("{}", "X-Id", "1");

        assertThat(endpoint.post("{}", "X-Id", "1").runId()).isNotNull();
    }

    @Test
    void whoHasGivenUpHearsNothing() {
        TestEndpoint endpoint = TestEndpoint.open();
        UUID listener = Traffic.of(endpoint).listen(MINUTE);
        Database.execute("update call_listener set until = now() - interval '1 second' where id = ?", listener);

        endpoint.post("{}").runId();

        assertThat(Traffic.of(endpoint).listener(listener, "20s").getString("call"))
                .isNull();
    }

    @Test
    void anotherTenantNeitherListensNorHears() {
        TestEndpoint endpoint = TestEndpoint.open();
        Traffic other = Traffic.of(endpoint).ofTenant("another");
        UUID listener = Traffic.of(endpoint).listen(MINUTE);

        assertThat(other.get("/listeners/" + listener).statusCode()).isEqualTo(404);
        Database.execute("delete from call_listener where id = ?", listener);
        other.post("/listeners", Map.of("duration", "PT1M"));
        // Whatever that says, it takes no call of ours away.
        endpoint.post("{}").runId();
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void durationHasItsBounds() {
        Traffic traffic = Traffic.of(TestEndpoint.open());

        for (String duration : List.of("PT0S", "-PT5S", "PT2H")) {
            assertThat(traffic.post("/listeners", Map.of("duration", duration)).statusCode())
                    .isEqualTo(400);
        }
        assertThat(traffic.post("/listeners", Map.of()).statusCode()).isEqualTo(200);
    }
}
