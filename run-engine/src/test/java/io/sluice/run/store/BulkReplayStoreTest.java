package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkReplayStoreTest {

    private static final ReplayFilter ALL_FAILED = new ReplayFilter(null, null, null, null, null);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final BulkReplayStore store = new BulkReplayStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final EndedRuns ended = new EndedRuns(jdbi, runs);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void runsAreRepeatedOldestFirst() {
        List<UUID> ids = ended.failed(5);

        BulkReplay bulk = ended.begin(ALL_FAILED, false, 120);
        ended.runToItsEnd();

        assertThat(bulk.runs()).isEqualTo(5);
        assertThat(ended.replayed()).containsExactlyElementsOf(ids);
        assertThat(ended.only().status()).isEqualTo("done");
        assertThat(ended.only().started()).isEqualTo(5);
        assertThat(ended.only().endedAt()).isNotNull();
    }

    @Test
    void asManyAreStartedAtOnceAsASecondAllows() {
        ended.failed(5);
        ended.begin(ALL_FAILED, false, 120);

        assertThat(ended.step()).contains(2);
        ended.later();
        assertThat(ended.step()).contains(2);
    }

    @Test
    void oneAMinuteWaitsAMinute() {
        ended.failed(2);
        ended.begin(ALL_FAILED, false, 1);

        assertThat(ended.step()).contains(1);
        assertThat(ended.step()).isEmpty();

        boolean waits = jdbi.withHandle(
                handle -> handle.createQuery("select next_at > now() + interval '50 seconds' from bulk_replay")
                        .mapTo(Boolean.class)
                        .one());
        assertThat(waits).isTrue();
    }

    @Test
    void replayOfNothingIsDoneAtOnce() {
        assertThat(ended.begin(ALL_FAILED, false, 60).status()).isEqualTo("done");
        assertThat(ended.step()).isEmpty();
    }

    @Test
    void replayThatIsStoppedStartsNoMore() {
        ended.failed(5);
        BulkReplay bulk = ended.begin(ALL_FAILED, false, 120);
        ended.step();
        ended.later();

        assertThat(store.stop("another", bulk.id())).isEmpty();
        assertThat(store.stop(runs.tenant(), bulk.id()))
                .hasValueSatisfying(stopped -> assertThat(stopped.status()).isEqualTo("stopped"));

        assertThat(ended.step()).isEmpty();
        assertThat(ended.replayed()).hasSize(2);
    }

    @Test
    void replayThatIsDoneStaysDoneWhenItIsStopped() {
        ended.failed(1);
        BulkReplay bulk = ended.begin(ALL_FAILED, false, 60);
        ended.runToItsEnd();

        assertThat(store.stop(runs.tenant(), bulk.id())).map(BulkReplay::status).contains("done");
    }

    @Test
    void itsOwnReplaysAreNotRepeated() {
        List<UUID> ids = ended.failed(4);
        ended.begin(ALL_FAILED, false, 60);

        while (ended.step().isPresent()) {
            ended.later();
            queue.claim("a", Duration.ofSeconds(30), 10)
                    .forEach(run -> Ends.end(queue, run, EndedRuns.failed("http-status"), List.of()));
        }

        assertThat(ended.only().started()).isEqualTo(4);
        List<UUID> repeated =
                jdbi.withHandle(handle -> handle.createQuery("select replay_of from run where replay_of is not null")
                        .mapTo(UUID.class)
                        .list());
        assertThat(repeated).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void replayWhoseReplicaDiedHalfWayGoesOnWithoutDoubling() {
        List<UUID> ids = ended.failed(6);
        ended.begin(ALL_FAILED, false, 180);
        ended.step();
        ended.later();
        List<UUID> seen = new ArrayList<>();

        assertThatThrownBy(() -> store.step((bulk, tenant, id) -> {
                    seen.add(id);
                    if (seen.size() == 2) {
                        throw new IllegalStateException("as if the process died here");
                    }
                    return ended.repeat(bulk, tenant, id);
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ended.replayed()).containsExactlyElementsOf(ids.subList(0, 3));
        ended.runToItsEnd();

        assertThat(ended.replayed()).containsExactlyElementsOf(ids);
        assertThat(ended.only().started()).isEqualTo(6);
    }

    @Test
    void twoReplicasDoNotDouble() throws Exception {
        List<UUID> ids = ended.failed(40);
        ended.begin(ALL_FAILED, false, 60);
        Runnable replica = () -> {
            while (ended.only().status().equals("running")) {
                ended.step();
                ended.later();
            }
        };

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> one : List.of(threads.submit(replica), threads.submit(replica))) {
                one.get();
            }
        }

        assertThat(ended.replayed()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ended.only().started()).isEqualTo(40);
    }

    @Test
    void runThatCannotBeRepeatedIsLeftOut() {
        List<UUID> ids = ended.failed(3);
        ended.begin(ALL_FAILED, false, 60);

        while (store.step(
                        (bulk, tenant, id) -> id.equals(ids.get(1)) ? Optional.empty() : ended.repeat(bulk, tenant, id))
                .isPresent()) {
            ended.later();
        }

        assertThat(ended.replayed()).containsExactly(ids.get(0), ids.get(2));
        assertThat(ended.only().status()).isEqualTo("done");
    }

    @Test
    void replayFromTheFailureTakesTheResultsWithIt() {
        UUID id = runs.add();
        ClaimedRun run = queue.claim("a", Duration.ofSeconds(30), 1).getFirst();
        new StepLogStore(jdbi)
                .write(run, List.of(), new StepLogStore.Result(Steps.succeeded("/one"), Map.of("n", 1), null), 0);
        Ends.end(queue, run, EndedRuns.failed("http-status"), List.of());

        ended.begin(ALL_FAILED, true, 60);
        ended.runToItsEnd();

        ClaimedRun again = queue.claim("a", Duration.ofSeconds(30), 1).getFirst();
        assertThat(again.keyRoot()).isEqualTo(id);
        assertThat(new StepLogStore(jdbi).memory(again, false).results()).containsOnlyKeys("/one");
    }
}
