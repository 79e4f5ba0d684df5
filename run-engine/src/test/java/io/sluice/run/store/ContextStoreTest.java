package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.FlowState;
import io.sluice.contract.run.RunError;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.Journal;
import io.sluice.run.step.RunStopped;
import io.sluice.run.store.ContextStore.Changed;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ContextStoreTest {

    private static final String ALICE = "alice";
    private static final RunEnd AGAIN =
            new RunEnd.Again(Duration.ZERO, new RunError("http-status", 503, "busy", null, null));

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final StepLogStore steps = new StepLogStore(jdbi);
    private final ContextStore store = new ContextStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi).serially();

    @AfterEach
    void close() {
        database.close();
    }

    private static JsonNode cursor(int cursor) {
        return Json.tree(Map.of("cursor", cursor));
    }

    private ClaimedRun begin(QueuedRuns of) {
        of.add();
        return queue.claim("a", Duration.ofSeconds(30), 1).getFirst();
    }

    private void export(ClaimedRun run, String visit, Object value, long version) {
        steps.write(
                run,
                List.of(),
                new StepLogStore.Result(Steps.succeeded(visit), null, new Journal.ContextChange(value)),
                version);
    }

    /** A run that sets the cursor and ends. */
    private ClaimedRun keep(int cursor) {
        ClaimedRun run = begin(runs);
        export(run, "/a", Map.of("cursor", cursor), steps.memory(run, true).version());
        end(run);
        return run;
    }

    private void end(ClaimedRun run) {
        assertThat(Ends.end(queue, run, new RunEnd.Succeeded(null), List.of())).isTrue();
    }

    private Changed set(long version, int cursor) {
        return store.set(runs.tenant(), runs.integrationId(), version, cursor(cursor), ALICE);
    }

    private FlowState state() {
        return store.find(runs.tenant(), runs.integrationId()).orElseThrow();
    }

    @Test
    void whatNoRunKeptIsNotThere() {
        assertThat(store.find(runs.tenant(), runs.integrationId())).isEmpty();
    }

    @Test
    void historySaysWhoChangedWhat() {
        ClaimedRun run = keep(1);
        assertThat(set(1, 2)).isEqualTo(new Changed.Done());

        assertThat(state().version()).isEqualTo(2);
        assertThat(state().value()).isEqualTo(cursor(2));
        assertThat(state().history())
                .satisfiesExactly(
                        newest -> {
                            assertThat(newest.value()).isEqualTo(cursor(2));
                            assertThat(newest.person()).isEqualTo(ALICE);
                            assertThat(newest.runId()).isNull();
                        },
                        oldest -> {
                            assertThat(oldest.value()).isEqualTo(cursor(1));
                            assertThat(oldest.person()).isNull();
                            assertThat(oldest.runId()).isEqualTo(run.id());
                        });
    }

    @Test
    void historyKeepsTheLastTwentyValues() {
        ClaimedRun run = begin(runs);
        for (int i = 0; i < 25; i++) {
            export(run, "/a/" + i, Map.of("cursor", i), i);
        }

        assertThat(state().history())
                .extracting(FlowState.Version::version)
                .hasSize(20)
                .startsWith(25L, 24L)
                .endsWith(6L);
        assertThat(count("flow_context_history")).isEqualTo(20);
    }

    private int count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void firstValueMayBeSetByAPerson() {
        assertThat(set(0, 7)).isEqualTo(new Changed.Done());

        ClaimedRun run = begin(runs);
        assertThat(steps.memory(run, true).context()).isEqualTo(Map.of("cursor", 7));
        assertThat(steps.memory(run, true).version()).isEqualTo(1);
    }

    @Test
    void valueThatWasChangedMeanwhileIsNotReplaced() {
        keep(1);
        keep(2);

        assertThat(set(1, 9)).isEqualTo(new Changed.Stale(2));
        assertThat(set(3, 9)).isEqualTo(new Changed.Stale(2));
        assertThat(set(0, 9)).isEqualTo(new Changed.Stale(2));
        assertThat(state().value()).isEqualTo(cursor(2));
    }

    @Test
    void valueIsNotSetWhileARunGoesOnFromIt() {
        keep(1);
        ClaimedRun run = begin(runs);
        assertThat(set(1, 2)).as("It was claimed, but has not read the value").isEqualTo(new Changed.Done());
        steps.memory(run, true);

        assertThat(set(2, 9)).isEqualTo(new Changed.InUse(run.id()));
        Ends.end(queue, run, AGAIN, List.of());
        assertThat(set(2, 9)).as("It will be tried again from it").isEqualTo(new Changed.InUse(run.id()));

        end(queue.claim("b", Duration.ofSeconds(30), 1).getFirst());
        assertThat(set(2, 9)).isEqualTo(new Changed.Done());
    }

    @Test
    void nextRunBeginsFromTheValueThatAPersonWentBackTo() {
        keep(1);
        keep(2);
        JsonNode first = state().history().getLast().value();

        store.set(runs.tenant(), runs.integrationId(), 2, first, ALICE);

        ClaimedRun run = begin(runs);
        assertThat(steps.memory(run, true).context()).isEqualTo(Map.of("cursor", 1));
        export(run, "/a", Map.of("cursor", 3), 3);
        assertThat(state().version()).isEqualTo(4);
    }

    @Test
    void valueThatIsResetMakesTheNextRunBeginAsTheFirst() {
        keep(1);

        store.set(runs.tenant(), runs.integrationId(), 1, Json.parse("null"), ALICE);

        assertThat(steps.memory(begin(runs), true).context()).isNull();
    }

    @Test
    void anotherTenantSeesAndChangesNothing() {
        keep(1);

        assertThat(store.find("another", runs.integrationId())).isEmpty();
        assertThat(store.set("another", runs.integrationId(), 0, cursor(9), "bella"))
                .isInstanceOf(Changed.Stale.class);
        assertThat(store.set("another", runs.integrationId(), 1, cursor(9), "bella"))
                .isInstanceOf(Changed.Stale.class);
        assertThat(state().value()).isEqualTo(cursor(1));
        assertThat(state().history()).hasSize(1);
    }

    @Test
    void runThatBeganBeforeAnotherChangedTheValueDoesNotReplaceIt() {
        keep(1);
        ClaimedRun run = begin(runs.on(runs.ofAnotherIntegration().terms()));
        long read = steps.memory(run, true).version();
        jdbi.useTransaction(handle -> ContextStore.export(handle, run, "{\"cursor\":5}", read));

        assertThatThrownBy(() -> export(run, "/a", Map.of("cursor", 2), read)).isInstanceOf(RunStopped.LeaseLost.class);
        assertThat(state().value()).isEqualTo(cursor(5));
    }

    /** Whoever is first wins: a run never goes on from a value that a person was told to have replaced. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void personAndRunNeverBothWin(boolean valueIsThere) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 150; round++) {
                QueuedRuns own = runs.ofAnotherIntegration().serially();
                if (valueIsThere) {
                    store.set(own.tenant(), own.integrationId(), 0, cursor(0), ALICE);
                }
                long version = valueIsThere ? 1 : 0;
                ClaimedRun run = begin(own);

                Future<Changed> person = threads.submit(
                        () -> store.set(own.tenant(), own.integrationId(), version, cursor(1_000), ALICE));
                StepLogStore.Memory memory = steps.memory(run, true);
                boolean set = person.get() instanceof Changed.Done;

                assertThat(memory.version()).as("round %d", round).isEqualTo(set ? version + 1 : version);
                assertThat(Objects.equals(memory.context(), Map.of("cursor", 1_000)))
                        .as("round %d", round)
                        .isEqualTo(set);
                export(run, "/a", Map.of("cursor", 2_000), memory.version());
                end(run);
            }
        }
    }
}
