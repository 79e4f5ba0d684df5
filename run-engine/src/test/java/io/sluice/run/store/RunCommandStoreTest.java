package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.QueuedRuns;
import java.time.Duration;
import java.util.List;
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
        assertThat(queue.end(held, new RunEnd.Cancelled(), List.of())).isTrue();
        assertThat(run(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void runThatHasEndedStaysAsItIs() {
        UUID id = runs.add();
        queue.end(queue.claim("a", LEASE, 1).getFirst(), new RunEnd.Succeeded(null), List.of());

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

    @Test
    void replayBeginsFromTheSourcesFlowAndEvent() {
        UUID id = runs.add(Json.parse("{\"body\": 1}"));
        UUID replay = UUID.fromString("018f3a50-0000-7000-8000-000000000001");

        commands.enqueue(commands.source(runs.tenant(), id)
                .orElseThrow()
                .replay(replay, id, runs.tenant(), null, "somebody", false));

        assertThat(run(replay)).satisfies(run -> {
            assertThat(run.trigger()).isEqualTo(TriggerKind.REPLAY);
            assertThat(run.replayOf()).isEqualTo(id);
            assertThat(run.event()).isEqualTo(Json.parse("{\"body\": 1}"));
            assertThat(run.template()).isEqualTo(runs.flow().template());
            assertThat(run.requestedBy()).isEqualTo("somebody");
        });
    }

    @Test
    void replayMayHaveAnotherEvent() {
        UUID id = runs.add(Json.parse("{\"body\": 1}"));
        UUID replay = UUID.fromString("018f3a50-0000-7000-8000-000000000002");

        commands.enqueue(commands.source(runs.tenant(), id)
                .orElseThrow()
                .replay(replay, id, runs.tenant(), Json.parse("{\"body\": 2}"), "somebody", false));

        assertThat(run(replay).event()).isEqualTo(Json.parse("{\"body\": 2}"));
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

        assertThat(queue.end(held, new RunEnd.Again(Duration.ZERO, error), List.of()))
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
