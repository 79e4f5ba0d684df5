package io.sluice.ingress.calls;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What makes two calls one event, by the endpoint's own settings. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class DeduplicationTest {

    private static TestEndpoint by(String deduplication) {
        return TestEndpoint.of("none")
                .withIntake("{\"deduplication\":" + deduplication + "}")
                .deploy();
    }

    @Test
    void senderNamesItsEventsWhereNothingIsSaid() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret").deploy();
        String[] headers = {"X-GitHub-Delivery", "d1", "X-Hub-Signature-256", Signed.github("secret", "{}")};

        UUID first = endpoint.post("{}", headers).runId();

        assertThat(endpoint.post("{}", headers).runId()).isEqualTo(first);
        JsonPath duplicate = Traffic.of(endpoint).newest("duplicate");
        assertThat(duplicate.getString("call.eventId")).isEqualTo("d1");
        assertThat(duplicate.getList("call.runIds")).containsExactly(first.toString());
        assertThat(Traffic.of(endpoint).newest("accepted").getString("call.eventId"))
                .isEqualTo("d1");
    }

    @Test
    void headerOfOnesOwnChoiceNamesEvents() {
        TestEndpoint endpoint = by("{\"by\":\"header\",\"name\":\"X-Order\"}");

        UUID first = endpoint.post("{\"n\":1}", "x-order", "7").runId();

        assertThat(endpoint.post("{\"n\":2}", "X-Order", "7").runId()).isEqualTo(first);
        assertThat(endpoint.post("{}", "X-Order", "8").runId()).isNotEqualTo(first);
        assertThat(endpoint.post("{}").runId()).isNotEqualTo(endpoint.post("{}").runId());
    }

    @Test
    void pointerIntoTheBodyNamesEvents() {
        TestEndpoint endpoint = by("{\"by\":\"pointer\",\"name\":\"/order/id\"}");
        String form = "application/x-www-form-urlencoded";

        UUID first = endpoint.post("{\"order\":{\"id\":7}}").runId();

        assertThat(endpoint.post("{\"order\":{\"id\":\"7\"},\"more\":1}").runId())
                .isEqualTo(first);
        assertThat(endpoint.post("{\"order\":{\"id\":8}}").runId()).isNotEqualTo(first);
        assertThat(endpoint.post("{\"order\":{\"id\":null}}").runId())
                .isNotEqualTo(endpoint.post("{\"order\":{\"id\":null}}").runId());
        assertThat(endpoint.post("a=1", "Content-Type", form).runId())
                .isNotEqualTo(endpoint.post("a=1", "Content-Type", form).runId());
    }

    @Test
    void idThatPostgresCannotHoldAsItIsStillTellsEventsApart() {
        TestEndpoint endpoint = by("{\"by\":\"pointer\",\"name\":\"/id\"}");

        for (String id : List.of("\\ud800", "\\ud801", "a\\u0000")) {
            // The event itself may be one that is not storable; then no repetition helps either.
            Answer first = endpoint.post("{\"id\":\"" + id + "\"}");
            Answer again = endpoint.post("{\"id\":\"" + id + "\"}");
            assertThat(first.status()).as(id).isIn(202, 400);
            assertThat(again.body().replaceAll("\"requestId\":\"[^\"]*\"", ""))
                    .isEqualTo(first.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
        }
        assertThat(endpoint.runs()).isIn(0L, 2L, 3L);
    }

    @Test
    void bodyNamesEventsWhereThatIsWanted() {
        TestEndpoint endpoint = by("{\"by\":\"body\"}");

        UUID first = endpoint.post("{\"n\":1}").runId();

        assertThat(endpoint.post("{\"n\":1}", "X-Other", "1").runId()).isEqualTo(first);
        assertThat(endpoint.post("{\"n\":1 }").runId()).isNotEqualTo(first);
    }

    @Test
    void nothingNamesEventsWhereThatIsWanted() {
        TestEndpoint endpoint = TestEndpoint.of("github", "secret")
                .withIntake("{\"deduplication\":{\"by\":\"none\"}}")
                .deploy();
        String[] headers = {"X-GitHub-Delivery", "d1", "X-Hub-Signature-256", Signed.github("secret", "{}")};

        assertThat(endpoint.post("{}", headers).runId())
                .isNotEqualTo(endpoint.post("{}", headers).runId());
    }

    @Test
    void windowIsTheEndpointsOwn() {
        TestEndpoint short1 = by("{\"by\":\"header\",\"name\":\"X-Id\",\"window\":\"PT5M\"}");
        TestEndpoint default7 = by("{\"by\":\"header\",\"name\":\"X-Id\"}");
        UUID first = short1.post("{}", "X-Id", "1").runId();
        default7.post("{}", "X-Id", "1").runId();

        assertThat(minutes(short1)).isBetween(4L, 5L);
        assertThat(minutes(default7)).isBetween(7 * 24 * 60 - 1L, 7 * 24 * 60L);

        Database.execute("update event_id set expires_at = now() where integration_id = ?", short1.integrationId());
        assertThat(short1.post("{}", "X-Id", "1").runId()).isNotEqualTo(first);
        assertThat(minutes(short1)).isBetween(4L, 5L);
    }

    private static long minutes(TestEndpoint endpoint) {
        return Database.count(
                "select floor(extract(epoch from expires_at - now()) / 60)::bigint from event_id where integration_id = ?",
                endpoint.integrationId());
    }

    @Test
    void sameEventManyTimesAtOnceStartsOneRunAndEachGetsItsAnswer() throws Exception {
        TestEndpoint endpoint = by("{\"by\":\"header\",\"name\":\"X-Id\"}");
        List<Future<UUID>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(24)) {
            for (int i = 0; i < 240; i++) {
                String id = "e" + i % 10;
                calls.add(callers.submit(() -> endpoint.post("{}", "X-Id", id).runId()));
            }
        }
        Set<UUID> runs = new TreeSet<>();
        for (int i = 0; i < calls.size(); i++) {
            UUID run = calls.get(i).get(1, TimeUnit.SECONDS);
            runs.add(run);
            assertThat(run).isEqualTo(calls.get(i % 10).get());
        }

        assertThat(runs).hasSize(10);
        assertThat(endpoint.runs()).isEqualTo(10);
        assertThat(Traffic.of(endpoint).calls("outcome", "accepted").getList("items"))
                .hasSize(10);
    }

    @Test
    void repetitionGetsTheFixedAnswerToo() {
        TestEndpoint endpoint = TestEndpoint.of("none")
                .withIntake("{\"deduplication\":{\"by\":\"header\",\"name\":\"X-Id\"},"
                        + "\"answer\":{\"mode\":\"fixed\",\"status\":200,\"body\":\"ok\"}}")
                .deploy();

        Answer first = endpoint.post("{}", "X-Id", "1");
        Answer again = endpoint.post("{}", "X-Id", "1");

        assertThat(first.body()).isEqualTo("ok").isEqualTo(again.body());
        assertThat(again.status()).isEqualTo(200);
        assertThat(endpoint.runs()).isEqualTo(1);
        Traffic.of(endpoint).newest("duplicate");
    }
}
