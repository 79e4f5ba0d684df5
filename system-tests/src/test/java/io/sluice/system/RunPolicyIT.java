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
import io.sluice.system.client.Patience;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an integration's runs are tried again, bounded and ordered. */
@SystemTest
class RunPolicyIT {

    private static final String POLICY = "/api/v1/integrations/{id}/policy";
    private static final String PARKED = "/api/v1/integrations/{id}/parked-keys";

    private static final String SEND = """
        - send:
            call: http
            with:
              method: post
              endpoint: '${ $workflow.input.params.one }'
              query: {status: '${ $string($workflow.input.event.status) }'}
              body: {n: '${ $workflow.input.event.n }'}
        """;

    private static final String COUNT = """
        - count: {set: {n: '${ 1 }'}, export: {as: '${ $ }'}}
        """;

    private static final Map<String, Object> BY_SKU = Map.of("ordering", Map.of("key", "${ sku }"));

    private final Sluice sluice;
    private final SluiceApi alice;
    private final OwnFlows flows;
    private final EchoTarget target;
    private final Integration hook;

    RunPolicyIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.flows = new OwnFlows(sluice);
        this.target = sluice.demo().echo();
        this.hook = flows.install(SEND, Map.of("one", target.url()));
    }

    private Response save(Map<String, Object> policy) {
        return alice.put(POLICY, hook.etag(), policy, hook.id());
    }

    private String run(String sku, int status, int number) {
        return hook.runNow(Map.of("event", Map.of("sku", sku, "status", status, "n", number)));
    }

    private List<JsonNode> parked() {
        return Http.json(alice.get(PARKED, hook.id()), 200)
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode release(String key, String action) {
        return Http.json(alice.post(PARKED + "/release", Map.of("key", key, "action", action), hook.id()), 200);
    }

    private List<Integer> sent() {
        return target.requests().stream()
                .map(request -> request.at("/body/n").asInt())
                .toList();
    }

    @Test
    void policyIsSavedWithTheIntegrationsTag() {
        Map<String, Object> policy = Map.of(
                "retry",
                        Map.of("attempts", 5, "backoff", "PT1S", "maxBackoff", "PT1M", "on", List.of("5xx", "timeout")),
                "maxConcurrent", 2,
                "ordering", Map.of("key", "${ sku }"));
        Response before = Http.require(alice.get(POLICY, hook.id()), 200);
        assertThat(Json.read(before.asString())).isEmpty();
        assertThat(before.header("ETag")).isEqualTo(hook.etag());

        Response saved = Http.require(save(policy), 200);

        assertThat(saved.header("ETag")).isEqualTo(hook.etag()).isNotEqualTo(before.header("ETag"));
        Response after = alice.get(POLICY, hook.id());
        assertThat(Http.json(after, 200)).isEqualTo(Json.read(Json.write(policy)));
        assertThat(after.header("ETag")).isEqualTo(hook.etag());
        assertProblem(alice.put(POLICY, String.valueOf(before.header("ETag")), policy, hook.id()))
                .is(412, "version-conflict");
        assertProblem(alice.request().contentType("application/json").body("{}").put(POLICY, hook.id()))
                .is(428, "precondition-required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"retry\": {\"attempts\": 0}} | /retry/attempts",
                "{\"retry\": {\"attempts\": 21}} | /retry/attempts",
                "{\"retry\": {\"backoff\": \"PT0S\"}} | /retry/backoff",
                "{\"retry\": {\"backoff\": \"PT1H\", \"maxBackoff\": \"PT1M\"}} | /retry/maxBackoff",
                "{\"retry\": {\"maxBackoff\": \"P2D\"}} | /retry/maxBackoff",
                "{\"retry\": {\"on\": [\"5xx\", \"sometimes\"]}} | /retry/on/1",
                "{\"maxConcurrent\": 0} | /maxConcurrent",
                "{\"ordering\": {}} | /ordering/key",
                "{\"ordering\": {\"key\": \"${ ( }\"}} | /ordering/key"
            })
    void valueThatIsNotPossibleIsNamed(String policy, String pointer) {
        Response answer = alice.request()
                .header("If-Match", hook.etag())
                .contentType("application/json")
                .body(policy)
                .put(POLICY, hook.id());

        assertProblem(answer).is(400, "invalid-fields").pointsAt(pointer);
        assertThat(Http.json(alice.get(POLICY, hook.id()), 200)).isEmpty();
    }

    @Test
    void flowThatKeepsAContextIsInOrderAnyway() {
        Integration counting = flows.install(COUNT, Map.of());

        assertProblem(alice.put(POLICY, counting.etag(), BY_SKU, counting.id()))
                .is(400, "invalid-fields")
                .pointsAt("/ordering");
    }

    @Test
    void keyWhoseEventFailedWaitsUntilItIsSkipped() {
        Http.require(save(BY_SKU), 200);
        String failed = run("a", 422, 1);
        alice.awaitRun(failed, "failed");
        String waiting = run("a", 200, 2);
        alice.awaitRun(run("b", 200, 3), "succeeded");

        assertThat(alice.run(waiting).path("status").asText()).isEqualTo("queued");
        assertThat(parked()).singleElement().satisfies(key -> {
            assertThat(key.path("key").asText()).isEqualTo("a");
            assertThat(key.path("runId").asText()).isEqualTo(failed);
            assertThat(key.path("waiting").asInt()).isEqualTo(1);
        });
        release("a", "skip");

        alice.awaitRun(waiting, "succeeded");
        assertThat(sent()).containsExactly(1, 3, 2);
        assertThat(parked()).isEmpty();
    }

    @Test
    void keyIsRetriedAndThenDropped() {
        Http.require(save(BY_SKU), 200);
        String failed = run("a", 422, 1);
        alice.awaitRun(failed, "failed");
        String waiting = run("a", 200, 2);

        String again = release("a", "retry").path("runId").asText();
        JsonNode retried = alice.awaitRun(again, "failed");
        Patience.soon().until(() -> !parked().isEmpty());

        assertThat(retried.path("replayOf").asText()).isEqualTo(failed);
        assertThat(target.idempotencyKeys()).as("The same call again").hasSize(1);
        assertThat(alice.run(waiting).path("status").asText()).isEqualTo("queued");
        release("a", "drop");
        alice.awaitRun(waiting, "cancelled");
        assertThat(sent()).containsExactly(1, 1);
        assertProblem(alice.post(PARKED + "/release", Map.of("key", "a", "action", "skip"), hook.id()))
                .is(404, "not-found");
    }

    @Test
    void viewerReadsAndAnotherTenantFindsNothing() {
        SluiceApi victor = sluice.as("victor");
        SluiceApi bella = sluice.as("bella");
        Map<String, Object> skip = Map.of("key", "a", "action", "skip");

        Http.require(victor.get(POLICY, hook.id()), 200);
        Http.require(victor.get(PARKED, hook.id()), 200);
        assertProblem(victor.put(POLICY, hook.etag(), BY_SKU, hook.id())).is(403, "forbidden");
        assertProblem(victor.post(PARKED + "/release", skip, hook.id())).is(403, "forbidden");
        assertProblem(bella.get(POLICY, hook.id())).is(404, "not-found");
        assertProblem(bella.put(POLICY, hook.etag(), BY_SKU, hook.id())).is(404, "not-found");
        assertProblem(bella.get(PARKED, hook.id())).is(404, "not-found");
        assertProblem(bella.post(PARKED + "/release", skip, hook.id())).is(404, "not-found");
    }
}
