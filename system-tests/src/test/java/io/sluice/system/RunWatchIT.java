package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.RunEvents;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A run is watched while it goes on, stopped, and repeated from one of its steps. */
@SystemTest
class RunWatchIT {

    private static final String REPLAY = "/api/v1/runs/{id}/replay";

    private static final String TASKS = """
        - one:
            call: http
            with: {method: post, endpoint: '${ $workflow.input.params.one }', body: {name: '${ $workflow.input.event.name }'}}
        - two:
            call: http
            with: {method: post, endpoint: '${ $workflow.input.params.two }', body: {name: '${ $workflow.input.event.name }'}}
        - three:
            call: http
            with:
              method: post
              endpoint: '${ $workflow.input.params.three }'
              query: {delay: '${ $string($workflow.input.event.delay) }'}
              body: {name: '${ $workflow.input.event.name }'}
        """;

    private final Sluice sluice;
    private final SluiceApi alice;
    private final EchoTarget one;
    private final EchoTarget two;
    private final EchoTarget three;
    private final Integration flow;

    RunWatchIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.one = sluice.demo().echo();
        this.two = sluice.demo().echo();
        this.three = sluice.demo().echo();
        this.flow =
                new OwnFlows(sluice).install(TASKS, Map.of("one", one.url(), "two", two.url(), "three", three.url()));
    }

    private String run(String name, int delay) {
        return flow.runNow(Map.of("event", Map.of("name", name, "delay", delay)));
    }

    private String replay(String run, Map<String, Object> how) {
        return Http.json(alice.post(REPLAY, how, run), 202).path("runId").asText();
    }

    private void cancel(String run) {
        Http.require(alice.post("/api/v1/runs/{id}/cancel", Map.of(), run), 202);
    }

    @Test
    void eachStepArrivesBeforeTheRunEnds() {
        String run = run("long", 50_000);

        try (RunEvents events = alice.watch(run, "")) {
            Patience.soon().until(() -> events.stepNames().size() == 2);
            assertThat(events.stepNames()).containsExactly("one", "two");
            assertThat(events.isOver()).isFalse();
            assertThat(alice.run(run).path("status").asText()).isEqualTo("running");

            cancel(run);

            Patience.soon().until(events::isOver);
            assertThat(events.statuses()).endsWith("cancelled").doesNotHaveDuplicates();
            assertThat(events.steps()).allSatisfy(step -> assertThat(step.id()).matches("[0-9]+"));
        }
    }

    @Test
    void watcherThatComesBackGoesOnWhereItStopped() {
        String run = run("short", 0);
        alice.awaitRun(run, "succeeded");
        String first;
        try (RunEvents all = alice.watch(run, "")) {
            Patience.soon().until(all::isOver);
            assertThat(all.stepNames()).containsExactly("one", "two", "three");
            assertThat(all.statuses()).containsExactly("succeeded");
            first = all.steps().getFirst().id();
        }

        try (RunEvents rest = alice.watch(run, first)) {
            Patience.soon().until(rest::isOver);
            assertThat(rest.stepNames()).containsExactly("two", "three");
            assertThat(rest.statuses()).containsExactly("succeeded");
        }
    }

    @Test
    void replayFromTheThirdStepCallsThatAloneWithItsOldKey() {
        String run = run("first", 0);
        alice.awaitRun(run, "succeeded");

        alice.awaitRun(replay(run, Map.of("fromStep", "three")), "succeeded");

        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).hasSize(1);
        assertThat(three.requests()).hasSize(2);
        assertThat(three.idempotencyKeys()).hasSize(1);
    }

    @Test
    void replayWithAnEditedEventHasKeysOfItsOwn() {
        String run = run("first", 0);
        alice.awaitRun(run, "succeeded");

        String again = replay(run, Map.of("fromStep", "three", "event", Map.of("name", "edited", "delay", 0)));

        JsonNode replay = alice.awaitRun(again, "succeeded");
        assertThat(replay.path("replayOf").asText()).isEqualTo(run);
        assertThat(replay.at("/event/name").asText()).isEqualTo("edited");
        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).hasSize(1);
        assertThat(three.requests()).hasSize(2);
        assertThat(three.requests().getLast().at("/body/name").asText()).isEqualTo("edited");
        assertThat(three.idempotencyKeys()).hasSize(2);
    }

    @Test
    void runThatWasCancelledInAStepIsRepeatedFromIt() {
        String run = run("long", 50_000);
        three.awaitRequest();
        cancel(run);
        alice.awaitRun(run, "cancelled");

        String again = replay(run, Map.of("fromStep", "three", "event", Map.of("name", "short", "delay", 0)));

        alice.awaitRun(again, "succeeded");
        assertThat(one.requests()).hasSize(1);
        assertThat(two.requests()).hasSize(1);
        assertThat(three.requests()).hasSize(2);
    }

    @Test
    void stepThatTheRunDoesNotHaveIsNamed() {
        String run = run("short", 0);
        alice.awaitRun(run, "succeeded");

        assertProblem(alice.post(REPLAY, Map.of("fromStep", "four"), run))
                .is(400, "invalid-fields")
                .pointsAt("/fromStep");
    }

    @Test
    void viewerWatchesButDoesNotReplayAndAnotherTenantSeesNothing() {
        String run = run("short", 0);
        alice.awaitRun(run, "succeeded");

        try (RunEvents events = sluice.as("victor").watch(run, "");
                RunEvents foreign = sluice.as("bella").watch(run, "");
                RunEvents anonymous = sluice.anonymous().watch(run, "")) {
            Patience.soon().until(events::isOver);
            assertThat(events.stepNames()).hasSize(3);
            assertThat(foreign.status()).isEqualTo(404);
            assertThat(anonymous.status()).isEqualTo(401);
        }
        assertProblem(sluice.as("victor").post(REPLAY, Map.of("fromStep", "three"), run))
                .is(403, "forbidden");
        assertProblem(sluice.as("bella").post(REPLAY, Map.of("fromStep", "three"), run))
                .is(404, "not-found");
    }
}
