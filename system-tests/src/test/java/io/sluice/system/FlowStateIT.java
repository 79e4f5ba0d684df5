package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a flow keeps between runs is seen, set, taken back and reset by a person. */
@SystemTest
class FlowStateIT {

    private static final String ALL = "/api/v1/integrations/{id}/state";
    private static final String ONE = ALL + "/ingress";

    private static final String COUNT = """
        - count:
            set: {n: '${ ($exists($context.n) ? $context.n : 0) + 1 }'}
            export: {as: '${ {"n": n} }'}
        - hold:
            call: http
            with:
              method: post
              endpoint: '${ $workflow.input.params.one }'
              query: {delay: '${ $string($workflow.input.event.delay) }'}
              body: {n: '${ $context.n }'}
        """;

    private final Sluice sluice;
    private final SluiceApi alice;
    private final EchoTarget target;
    private final Integration flow;

    FlowStateIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.target = sluice.demo().echo();
        this.flow = new OwnFlows(sluice).install(COUNT, Map.of("one", target.url()));
    }

    private String begin(int delay) {
        return flow.runNow(Map.of("event", Map.of("delay", delay)));
    }

    private void count() {
        alice.awaitRun(begin(0), "succeeded");
    }

    @BeforeEach
    void countToTwo() {
        count();
        count();
    }

    private Response state() {
        return Http.require(alice.get(ONE, flow.id()), 200);
    }

    private static String etag(Response state) {
        return String.valueOf(state.header("ETag"));
    }

    private static int n(Response state) {
        return Json.read(state.asString()).at("/value/n").asInt(-1);
    }

    private Response set(String etag, String body) {
        return alice.request()
                .header("If-Match", etag)
                .contentType("application/json")
                .body(body)
                .put(ONE, flow.id());
    }

    @Test
    void stateIsReadWithItsHistory() {
        JsonNode all = Http.json(alice.get(ALL, flow.id()), 200);

        assertThat(Json.texts(all.path("items"), "/service")).containsExactly("ingress");
        JsonNode one = Json.read(state().asString());
        assertThat(one.path("version").asInt()).isEqualTo(2);
        assertThat(one.at("/value/n").asInt()).isEqualTo(2);
        assertThat(Json.texts(one.path("history"), "/value/n")).containsExactly("2", "1");
        assertThat(Json.texts(one.path("history"), "/runId")).doesNotContain("");
    }

    @Test
    void runGoesOnFromTheValueThatAPersonSet() {
        Response set = Http.require(set(etag(state()), "{\"value\": {\"n\": 40}}"), 200);

        count();

        assertThat(n(set)).isEqualTo(40);
        assertThat(n(state())).isEqualTo(41);
        assertThat(Json.texts(Json.read(state().asString()).path("history"), "/person"))
                .filteredOn(person -> !person.isEmpty())
                .hasSize(1);
    }

    @Test
    void stateGoesBackToOneOfItsValues() {
        Response back = Http.require(set(etag(state()), "{\"toVersion\": 1}"), 200);

        assertThat(n(back)).isEqualTo(1);
        assertThat(etag(back)).isEqualTo(etag(state()));
        count();
        assertThat(n(state())).isEqualTo(2);
    }

    @Test
    void stateThatIsResetBeginsAnew() {
        Http.require(set(etag(state()), "{\"value\": null}"), 200);

        count();

        assertThat(n(state())).isEqualTo(1);
    }

    @Test
    void valueThatWasChangedMeanwhileIsNotReplaced() {
        String before = etag(state());
        count();

        assertProblem(set(before, "{\"value\": {\"n\": 9}}")).is(412, "version-conflict");
        assertThat(n(state())).isEqualTo(3);
    }

    @Test
    void valueIsNotReplacedWhileARunGoesOnFromIt() {
        String run = begin(50_000);
        target.awaitRequests(3);

        assertProblem(set(etag(state()), "{\"value\": {\"n\": 9}}"))
                .is(409, "run-state")
                .says(run);
        Http.require(alice.post("/api/v1/runs/{id}/cancel", Map.of(), run), 202);
        alice.awaitRun(run, "cancelled");

        Http.require(set(etag(state()), "{\"value\": {\"n\": 9}}"), 200);
    }

    @Test
    void whatCannotBeSetIsNamed() {
        String etag = etag(state());

        assertProblem(set(etag, "{}")).is(400, "invalid-fields");
        assertProblem(set(etag, "{\"toVersion\": 1, \"value\": 1}")).is(400, "invalid-fields");
        assertProblem(set(etag, "{\"toVersion\": 77}"))
                .is(400, "invalid-fields")
                .pointsAt("/toVersion");
        assertProblem(alice.request()
                        .contentType("application/json")
                        .body("{\"value\": 1}")
                        .put(ONE, flow.id()))
                .is(428, "precondition-required");
        assertProblem(alice.get(ALL + "/nowhere", flow.id())).is(404, "not-found");
    }

    @Test
    void viewerReadsAndAnotherTenantFindsNothing() {
        SluiceApi victor = sluice.as("victor");
        SluiceApi bella = sluice.as("bella");
        Map<String, Object> value = Map.of("value", 1);

        Http.require(victor.get(ALL, flow.id()), 200);
        Http.require(victor.get(ONE, flow.id()), 200);
        assertProblem(victor.put(ONE, etag(state()), value, flow.id())).is(403, "forbidden");
        assertProblem(bella.get(ALL, flow.id())).is(404, "not-found");
        assertProblem(bella.get(ONE, flow.id())).is(404, "not-found");
        assertProblem(bella.put(ONE, etag(state()), value, flow.id())).is(404, "not-found");
        assertThat(n(state())).isEqualTo(2);
    }
}
