package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a person does with runs: start one, look at it, stop it, repeat it. */
@SystemTest
class RunsIT {

    private final DemoApi demo;
    private final Library library;
    private final SluiceApi alice;

    RunsIT(Sluice sluice) {
        this.demo = sluice.demo();
        this.library = sluice.library();
        this.alice = sluice.as("alice");
    }

    @Test
    void runNowUsesTheEventThatIsGiven() {
        EchoTarget target = demo.echo();
        Integration hook = library.install("library/webhook-to-http", Map.of("url", target.url()));
        String marker = Json.unique("marker");

        String runId = hook.runNow(Map.of("event", Map.of("body", Map.of("marker", marker))));

        JsonNode run = alice.awaitRun(runId, "succeeded");
        assertThat(run.path("trigger").asText()).isEqualTo("manual");
        assertThat(run.path("requestedBy").asText()).isNotBlank();
        assertThat(target.awaitRequest().path("body").toString()).contains(marker);
    }

    @Test
    void runNowPollsAtOnce() {
        EchoTarget target = demo.echo();
        Integration poll = library.install(
                "library/poll-to-http", Map.of("source", demo.echo().url(), "url", target.url()));

        String runId = poll.runNow(Map.of());

        alice.awaitRun(runId, "succeeded");
        assertThat(target.requests()).hasSize(1);
        assertThat(Json.texts(poll.runs(), "/id")).containsExactly(runId);
    }

    @Test
    void aRunThatFailsSaysWhereAndWhy() {
        Integration hook = library.install(
                "library/webhook-to-http", Map.of("url", demo.echo().url("status=422")));

        JsonNode run = alice.awaitRun(hook.runNow(Map.of()), "failed");

        assertThat(run.at("/error/status").asInt()).isEqualTo(422);
        assertThat(run.at("/error/pointer").asText()).startsWith("/do/");
        assertThat(run.at("/error/title").asText()).contains("422");
    }

    @Test
    void aRunningRunCanBeCancelled() {
        EchoTarget target = demo.echo();
        Integration hook = library.install("library/webhook-to-http", Map.of("url", target.url("delay=20000")));
        String runId = hook.runNow(Map.of());
        target.awaitRequest();

        Http.require(alice.post("/api/v1/runs/{id}/cancel", Map.of(), runId), 202);

        alice.awaitRun(runId, "cancelled");
    }

    @Test
    void aReplayIsANewRunWithTheOldEvent() {
        EchoTarget target = demo.echo();
        Integration hook = library.install("library/webhook-to-http", Map.of("url", target.url()));
        String first = hook.runNow(Map.of("event", Map.of("body", Map.of("marker", Json.unique("marker")))));
        alice.awaitRun(first, "succeeded");

        String second = Http.json(alice.post("/api/v1/runs/{id}/replay", Map.of(), first), 202)
                .path("runId")
                .asText();

        JsonNode replay = alice.awaitRun(second, "succeeded");
        assertThat(replay.path("trigger").asText()).isEqualTo("replay");
        assertThat(replay.path("replayOf").asText()).isEqualTo(first);
        assertThat(target.requests()).hasSize(2);
        assertThat(target.requests().get(1).path("body"))
                .isEqualTo(target.requests().get(0).path("body"));
        assertThat(target.idempotencyKeys()).hasSize(2);
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertProblem(alice.get("/api/v1/runs/{id}", UUID.randomUUID())).is(404, "not-found");
    }
}
