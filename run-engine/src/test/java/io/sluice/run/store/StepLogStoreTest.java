package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.run.RunError;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.Journal;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepRecord;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StepLogStoreTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RunEnd AGAIN =
            new RunEnd.Again(Duration.ZERO, new RunError("http-status", 503, "busy", null, null));

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final StepLogStore store = new StepLogStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private ClaimedRun next() {
        return queue.claim("a", LEASE, 1).getFirst();
    }

    private ClaimedRun first() {
        runs.add();
        return next();
    }

    private ClaimedRun secondAttempt(ClaimedRun first) {
        assertThat(Ends.end(queue, first, AGAIN, List.of())).isTrue();
        return next();
    }

    private void finish(ClaimedRun run, String visit, @Nullable Object output, @Nullable Object context, long version) {
        Journal.ContextChange change = context == null ? null : new Journal.ContextChange(context);
        store.write(run, List.of(), new StepLogStore.Result(Steps.succeeded(visit), output, change), version);
    }

    private int steps() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from run_step")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void secondAttemptRemembersResultsAndHowOftenEachVisitWasTried() {
        ClaimedRun run = first();
        store.write(run, List.of(Steps.succeeded("/b"), Steps.succeeded("/b")), null, 0);
        finish(run, "/a", Map.of("id", 7), null, 0);

        StepLogStore.Memory memory = store.memory(secondAttempt(run), false);

        assertThat(memory.results())
                .containsOnlyKeys("/a")
                .containsEntry("/a", new Journal.Stored(Map.of("id", 7), null));
        assertThat(memory.attempts()).isEqualTo(Map.of("/a", 1, "/b", 2));
    }

    @Test
    void resultMayBeNothing() {
        ClaimedRun run = first();
        finish(run, "/a", null, null, 0);

        assertThat(store.memory(secondAttempt(run), false).results())
                .containsEntry("/a", new Journal.Stored(null, null));
    }

    @Test
    void anotherRunRemembersNothingOfIt() {
        finish(first(), "/a", 1, null, 0);

        ClaimedRun other = secondAttempt(first());

        assertThat(store.memory(other, false).results()).isEmpty();
    }

    @Test
    void changeOfTheContextIsRememberedWithItsStep() {
        ClaimedRun run = first();
        finish(run, "/a", 1, Map.of("cursor", 2), 0);

        StepLogStore.Memory memory = store.memory(secondAttempt(run), true);

        assertThat(memory.results())
                .containsEntry("/a", new Journal.Stored(1, new Journal.ContextChange(Map.of("cursor", 2))));
        assertThat(memory.version()).isEqualTo(1);
    }

    @Test
    void everyAttemptBeginsWithTheContextOfTheFirst() {
        ClaimedRun before = first();
        finish(before, "/a", 1, Map.of("cursor", 1), 0);
        Ends.end(queue, before, new RunEnd.Succeeded(null), List.of());
        ClaimedRun run = first();
        assertThat(store.memory(run, true).context()).isEqualTo(Map.of("cursor", 1));
        finish(run, "/a", 1, Map.of("cursor", 2), 1);

        assertThat(store.memory(secondAttempt(run), true).context()).isEqualTo(Map.of("cursor", 1));
    }

    @Test
    void nextRunBeginsWithTheContextThatWasExportedLast() {
        ClaimedRun before = first();
        finish(before, "/a", 1, Map.of("cursor", 1), 0);
        finish(before, "/b", 1, Map.of("cursor", 2), 1);
        Ends.end(queue, before, new RunEnd.Succeeded(null), List.of());

        StepLogStore.Memory memory = store.memory(first(), true);

        assertThat(memory.context()).isEqualTo(Map.of("cursor", 2));
        assertThat(memory.version()).isEqualTo(2);
    }

    @Test
    void contextOfAnotherIntegrationOrTenantIsNotSeen() {
        finish(first(), "/a", 1, Map.of("cursor", 1), 0);
        runs.ofAnotherIntegration().add();
        assertThat(store.memory(next(), true).context()).isNull();
        runs.ofAnotherTenant().add();
        assertThat(store.memory(next(), true).context()).isNull();
    }

    @Test
    void contextOfAnotherTenantIsNotReplaced() {
        finish(first(), "/a", 1, Map.of("cursor", 1), 0);
        runs.ofAnotherTenant().add();
        ClaimedRun other = next();

        assertThatThrownBy(() -> finish(other, "/a", 1, Map.of("cursor", 9), 1))
                .isInstanceOf(RunStopped.LeaseLost.class);
    }

    @Test
    void changeFromAnOldVersionOfTheContextIsRefusedWithItsStep() {
        ClaimedRun run = first();
        finish(run, "/a", 1, Map.of("cursor", 1), 0);

        assertThatThrownBy(() -> finish(run, "/b", 1, Map.of("cursor", 2), 0)).isInstanceOf(RunStopped.LeaseLost.class);

        assertThat(steps()).isOne();
        assertThat(store.memory(secondAttempt(run), true).version()).isEqualTo(1);
    }

    @Test
    void formerOwnerWritesNeitherStepsNorContext() {
        ClaimedRun former = first();
        secondAttempt(former);

        assertThatThrownBy(() -> finish(former, "/a", 1, Map.of("cursor", 1), 0))
                .isInstanceOf(RunStopped.LeaseLost.class);
        assertThatThrownBy(() -> store.write(former, List.of(Steps.succeeded("/a")), null, 0))
                .isInstanceOf(RunStopped.LeaseLost.class);

        assertThat(steps()).isZero();
    }

    @Test
    void resultOfAVisitIsStoredOnce() {
        ClaimedRun run = first();
        finish(run, "/a", 1, null, 0);
        finish(run, "/a", 2, null, 0);

        assertThat(steps()).as("The log keeps both").isEqualTo(2);
        assertThat(store.memory(secondAttempt(run), false).results()).containsEntry("/a", new Journal.Stored(1, null));
    }

    @Test
    void characterThatTheDatabaseCannotHoldIsReplacedInResultsAndErrors() {
        ClaimedRun run = first();
        StepRecord failed = new StepRecord(
                "/do/0/b",
                "/b",
                "b",
                "call",
                "failed",
                1,
                run.startedAt(),
                Duration.ZERO,
                null,
                null,
                new RunError("http-status", 400, "no", "a\u0000b", null));

        store.write(run, List.of(failed), new StepLogStore.Result(Steps.succeeded("/a"), "x\u0000y", null), 0);

        assertThat(store.memory(secondAttempt(run), false).results())
                .containsEntry("/a", new Journal.Stored("x\uFFFDy", null));
    }

    @Test
    void characterThatTheDatabaseCannotHoldIsReplacedInTheContext() {
        ClaimedRun run = first();
        finish(run, "/a", 1, "x\u0000", 0);
        Ends.end(queue, run, new RunEnd.Succeeded(null), List.of());

        assertThat(store.memory(first(), true).context()).isEqualTo("x\uFFFD");
    }

    @Test
    void resumedRunRemembersButDoesNotCountWhatTheOldOneDid() {
        ClaimedRun old = first();
        finish(old, "/a", Map.of("id", 7), null, 0);
        finish(old, "/b", 1, null, 0);
        Ends.end(queue, old, new RunEnd.Cancelled(), List.of());
        NewRun again = runs.run(null);
        NewRun replay = new NewRun(
                again.id(),
                again.tenant(),
                again.integrationId(),
                TriggerKind.REPLAY,
                again.flow(),
                again.params(),
                null,
                "alice",
                null,
                new NewRun.Replay(old.id(), old.keyRoot()),
                new NewRun.Terms(null, null, 90));
        assertThat(new RunCommandStore(jdbi).resume(replay, "/b", false)).isTrue();

        ClaimedRun resumed = next();
        StepLogStore.Memory memory = store.memory(resumed, false);
        assertThat(memory.results()).containsOnly(Map.entry("/a", new Journal.Stored(Map.of("id", 7), null)));
        finish(resumed, "/b", 2, null, 0);
        assertThat(store.memory(secondAttempt(resumed), false).attempts()).isEqualTo(Map.of("/b", 1));
    }
}
