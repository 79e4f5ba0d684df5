package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many runs that failed are looked at and repeated at once. */
@SystemTest
class BulkReplayIT {

    private static final String REPLAYS = "/api/v1/integrations/{id}/replays";
    private static final Map<String, Object> FAST = Map.of("perMinute", 60_000, "fromFailure", true);
    private static final Map<String, Object> SLOW = Map.of("perMinute", 1);

    private static final String TASKS = """
        - one:
            call: http
            with: {method: post, endpoint: '${ $workflow.input.params.one }', body: {n: '${ $workflow.input.event.n }'}}
        - two:
            call: http
            with:
              method: post
              endpoint: '${ $workflow.input.params.two }'
              query: {status: '${ $string($workflow.input.event.status) }'}
              body: {n: '${ $workflow.input.event.n }'}
        """;

    private final Sluice sluice;
    private final SluiceApi alice;
    private final EchoTarget one;
    private final EchoTarget two;
    private final Integration flow;

    BulkReplayIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.one = sluice.demo().echo();
        this.two = sluice.demo().echo();
        this.flow = new OwnFlows(sluice).install(TASKS, Map.of("one", one.url(), "two", two.url()));
    }

    private String run(int number, int status) {
        String run = flow.runNow(Map.of("event", Map.of("n", number, "status", status)));
        alice.awaitRun(run, status == 200 ? "succeeded" : "failed");
        return run;
    }

    private List<String> threeFailedOneGood() {
        List<String> failed = new ArrayList<>(List.of(run(1, 422), run(2, 422)));
        run(3, 200);
        failed.add(run(4, 422));
        return failed;
    }

    private JsonNode begin(Map<String, Object> how) {
        JsonNode begun = Http.json(alice.post(REPLAYS, how, flow.id()), 202);
        assertThat(begun.path("unavailable")).isEmpty();
        assertThat(begun.path("items")).hasSize(1);
        return begun.path("items").path(0);
    }

    private JsonNode replay(String id) {
        return Http.json(alice.get(REPLAYS, flow.id()), 200)
                .path("items")
                .valueStream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void previewSaysHowManyAndWhomTheyCalled() {
        threeFailedOneGood();

        JsonNode preview = Http.json(alice.post(REPLAYS + "/preview", FAST, flow.id()), 200);

        assertThat(preview.path("runs").asInt()).isEqualTo(3);
        assertThat(preview.path("targets")).singleElement().satisfies(target -> {
            assertThat(target.path("host").asText())
                    .isEqualTo(URI.create(one.url()).getAuthority());
            assertThat(target.path("calls").asInt()).isEqualTo(6);
            assertThat(target.path("writes").asBoolean()).isTrue();
        });
        assertThat(two.requests()).as("A preview calls nobody").hasSize(4);
    }

    @Test
    void failedRunsAreRepeatedOldestFirstFromWhereTheyFailed() {
        List<String> failed = threeFailedOneGood();

        JsonNode begun = begin(FAST);
        JsonNode done = Patience.soon()
                .until(
                        () -> replay(begun.path("id").asText()),
                        replay -> replay.path("status").asText().equals("done"));

        assertThat(done.path("runs").asInt()).isEqualTo(3);
        assertThat(done.path("started").asInt()).isEqualTo(3);
        List<JsonNode> repeated = flow.awaitRuns(3, "replay", "failed").reversed();
        assertThat(repeated)
                .extracting(run ->
                        alice.run(run.path("id").asText()).path("replayOf").asText())
                .containsExactlyElementsOf(failed);
        assertThat(one.requests()).as("The first step is not repeated").hasSize(4);
        assertThat(two.requests()).hasSize(7);
        assertThat(two.idempotencyKeys()).hasSize(4);
    }

    @Test
    void replayThatIsStoppedStartsNoMore() {
        threeFailedOneGood();
        String id = begin(SLOW).path("id").asText();
        flow.awaitRuns(1, "replay", "failed");

        JsonNode stopped = Http.json(alice.post("/api/v1/replays/{id}/stop", Map.of(), id), 200);

        assertThat(stopped.path("status").asText()).isEqualTo("stopped");
        assertThat(stopped.path("started").asInt()).isEqualTo(1);
        assertThat(replay(id).path("endedAt").asText()).isNotEmpty();
        assertThat(flow.runs("replay", "failed")).hasSize(1);
    }

    @Test
    void filterNarrowsTheRuns() {
        threeFailedOneGood();

        assertThat(found(Map.of("status", "succeeded"))).isEqualTo(1);
        assertThat(found(Map.of("errorCode", "http-status"))).isEqualTo(3);
        assertThat(found(Map.of("errorCode", "timeout"))).isZero();
        assertThat(found(Map.of("trigger", "webhook"))).isZero();
        assertThat(found(Map.of("to", "2020-01-01T00:00:00Z"))).isZero();
        assertProblem(alice.post(REPLAYS + "/preview", Map.of("filter", Map.of("status", "running")), flow.id()))
                .is(400, "invalid-fields")
                .pointsAt("/filter/status");
        assertProblem(alice.post(REPLAYS, Map.of("perMinute", 0), flow.id()))
                .is(400, "invalid-fields")
                .pointsAt("/perMinute");
    }

    private int found(Map<String, Object> filter) {
        return Http.json(alice.post(REPLAYS + "/preview", Map.of("filter", filter), flow.id()), 200)
                .path("runs")
                .asInt();
    }

    @Test
    void viewerLooksAndAnotherTenantFindsNothing() {
        run(1, 422);
        String id = begin(SLOW).path("id").asText();
        SluiceApi victor = sluice.as("victor");
        SluiceApi bella = sluice.as("bella");

        Http.require(victor.post(REPLAYS + "/preview", SLOW, flow.id()), 200);
        Http.require(victor.get(REPLAYS, flow.id()), 200);
        assertProblem(victor.post(REPLAYS, SLOW, flow.id())).is(403, "forbidden");
        assertProblem(victor.post("/api/v1/replays/{id}/stop", Map.of(), id)).is(403, "forbidden");
        assertProblem(bella.post(REPLAYS + "/preview", SLOW, flow.id())).is(404, "not-found");
        assertProblem(bella.post(REPLAYS, SLOW, flow.id())).is(404, "not-found");
        assertProblem(bella.get(REPLAYS, flow.id())).is(404, "not-found");
        assertProblem(bella.post("/api/v1/replays/{id}/stop", Map.of(), id)).is(404, "not-found");
        assertThat(Json.texts(Http.json(alice.get(REPLAYS, flow.id()), 200).path("items"), "/id"))
                .containsExactly(id);
    }
}
