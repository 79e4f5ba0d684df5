package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.Journal;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunCommandStoreTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunCommandStore commands = new RunCommandStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private Run run(UUID id) {
        return reads.find(runs.tenant(), id).orElseThrow();
    }

    @Test
    void runThatWaitsIsCancelledAtOnce() {
        UUID id = runs.add();

        commands.cancel(runs.tenant(), id);

        assertThat(run(id).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run(id).endedAt()).isNotNull();
        assertThat(queue.claim("a", LEASE, 1)).isEmpty();
        assertThat(reads.lastRuns(0).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.run().status()).isEqualTo(RunStatus.CANCELLED));
    }

    @Test
    void runThatIsHeldIsMarkedForItsWorker() {
        UUID id = runs.add();
        ClaimedRun held = queue.claim("a", LEASE, 1).getFirst();

        commands.cancel(runs.tenant(), id);

        assertThat(run(id).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(queue.renew("a", LEASE, List.of(id))).containsExactly(new RunQueue.Held(id, held.fence(), true));
        assertThat(Ends.end(queue, held, new RunEnd.Cancelled(), List.of())).isTrue();
        assertThat(run(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void runThatHasEndedStaysAsItIs() {
        UUID id = runs.add();
        Ends.end(queue, queue.claim("a", LEASE, 1).getFirst(), new RunEnd.Succeeded(null), List.of());

        commands.cancel(runs.tenant(), id);

        assertThat(run(id).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void anotherTenantCancelsNothing() {
        UUID held = runs.add();
        queue.claim("a", LEASE, 1);
        UUID waiting = runs.add();

        commands.cancel("another", waiting);
        commands.cancel("another", held);

        assertThat(run(waiting).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(queue.renew("a", LEASE, List.of(held)))
                .extracting(RunQueue.Held::cancelRequested)
                .containsExactly(false);
    }

    private NewRun repeated(UUID id, boolean sameCalls) {
        NewRun run = runs.run(Json.parse("{\"body\": 2}"));
        return new NewRun(
                run.id(),
                run.tenant(),
                run.integrationId(),
                TriggerKind.REPLAY,
                run.flow(),
                run.params(),
                run.event(),
                "somebody",
                null,
                new NewRun.Replay(id, sameCalls ? id : run.id()),
                run.terms());
    }

    private ClaimedRun failedAtItsThirdStep(UUID id) {
        ClaimedRun run = queue.claim("a", LEASE, 1).getFirst();
        assertThat(run.id()).isEqualTo(id);
        StepLogStore log = new StepLogStore(jdbi);
        for (String visit : List.of("/one", "/two", "/three")) {
            log.write(
                    run,
                    List.of(),
                    new StepLogStore.Result(Steps.succeeded(visit), visit, new Journal.ContextChange(visit)),
                    log.memory(run, true).version());
        }
        Ends.end(queue, run, new RunEnd.Failed(new RunError("http-status", 500, "no", null, null)), List.of());
        return run;
    }

    @Test
    void sourceIsFoundWhileARunIsOpenAndWhenItHasEnded() {
        UUID id = runs.add(Json.parse("{\"body\": 1}"));
        RunCommandStore.Source open = commands.source(runs.tenant(), id).orElseThrow();
        failedAtItsThirdStep(id);

        assertThat(commands.source(runs.tenant(), id)).contains(open);
        assertThat(open.event()).isEqualTo(Json.parse("{\"body\": 1}"));
        assertThat(open.flow()).isEqualTo(runs.flow());
    }

    @Test
    void replayIsToldOfTheRunThatItRepeats() {
        UUID id = runs.add();
        NewRun replay = repeated(id, false);

        commands.enqueue(replay);

        assertThat(run(replay.id())).satisfies(run -> {
            assertThat(run.trigger()).isEqualTo(TriggerKind.REPLAY);
            assertThat(run.replayOf()).isEqualTo(id);
            assertThat(run.event()).isEqualTo(Json.parse("{\"body\": 2}"));
            assertThat(run.requestedBy()).isEqualTo("somebody");
        });
    }

    @Test
    void resumedRunKnowsTheResultsBeforeItsStepAndKeepsTheKeys() {
        UUID id = runs.add();
        failedAtItsThirdStep(id);
        NewRun replay = repeated(id, true);

        assertThat(commands.resume(replay, "three", false)).isTrue();

        ClaimedRun claimed = queue.claim("a", LEASE, 1).getFirst();
        assertThat(claimed.keyRoot()).isEqualTo(id);
        StepLogStore.Memory memory = new StepLogStore(jdbi).memory(claimed, false);
        // Without the context that was exported then: what it is now stays.
        assertThat(memory.results())
                .containsOnly(
                        Map.entry("/one", new Journal.Stored("/one", null)),
                        Map.entry("/two", new Journal.Stored("/two", null)));
        assertThat(memory.attempts()).isEmpty();
        assertThat(run(replay.id()).steps())
                .extracting(Step::name, Step::reused)
                .containsExactly(tuple("one", true), tuple("two", true));
    }

    @Test
    void resumingAtAStepThatIsNotThereStoresNothing() {
        UUID id = runs.add();
        failedAtItsThirdStep(id);
        NewRun replay = repeated(id, true);

        assertThat(commands.resume(replay, "four", false)).isFalse();

        assertThat(reads.find(runs.tenant(), replay.id())).isEmpty();
        assertThat(queue.claim("a", LEASE, 1)).isEmpty();
    }

    @Test
    void runThatWasStoppedInAStepGoesOnAtIt() {
        UUID id = runs.add();
        failedAtItsThirdStep(id);
        NewRun replay = repeated(id, true);

        assertThat(commands.resume(replay, "four", true)).isTrue();

        ClaimedRun claimed = queue.claim("a", LEASE, 1).getFirst();
        assertThat(new StepLogStore(jdbi).memory(claimed, false).results()).containsOnlyKeys("/one", "/two", "/three");
    }

    @Test
    void anotherTenantSeesNoSource() {
        UUID id = runs.add();

        assertThat(commands.source("another", id)).isEmpty();
    }

    @Test
    void runThatIsMarkedAndToBeTriedAgainEndsCancelled() {
        UUID id = runs.add();
        ClaimedRun held = queue.claim("a", LEASE, 1).getFirst();
        commands.cancel(runs.tenant(), id);
        RunError error = new RunError("http-status", 503, "busy", null, null);

        assertThat(Ends.end(queue, held, new RunEnd.Again(Duration.ZERO, error), List.of()))
                .isTrue();

        assertThat(run(id).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(queue.claim("b", LEASE, 1)).isEmpty();
    }

    @Test
    void markOutlivesTheWorkerThatDidNotSeeIt() {
        UUID id = runs.add();
        queue.claim("a", LEASE, 1);
        commands.cancel(runs.tenant(), id);
        queue.giveBack("a");

        assertThat(queue.claim("b", LEASE, 1)).isEmpty();
        assertThat(run(id).status()).isEqualTo(RunStatus.CANCELLED);
    }
}
