package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.LastRunFeed;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue.Ending;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunEndStoreTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(Json.parse("1"));
    private static final RunError ERROR = new RunError("http-status", 503, "busy", null, null);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private static Ending ending(ClaimedRun run, RunEnd end) {
        return new Ending(run, end, List.of(Steps.succeeded("/a")));
    }

    private RunStatus status(ClaimedRun run) {
        return reads.find(runs.tenant(), run.id()).orElseThrow().status();
    }

    private int count(String rows) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void endsOfAllKindsGoInOneCommit() {
        runs.add(5);
        List<ClaimedRun> claimed = queue.claim("a", LEASE, 5);

        queue.end(List.of(
                ending(claimed.get(0), SUCCEEDED),
                ending(claimed.get(1), new RunEnd.Failed(ERROR)),
                ending(claimed.get(2), new RunEnd.Cancelled()),
                ending(claimed.get(3), new RunEnd.Again(Duration.ofHours(1), ERROR)),
                ending(claimed.get(4), new RunEnd.Parked(Duration.ofHours(1), "the target's limit"))));

        assertThat(claimed)
                .extracting(this::status)
                .containsExactly(
                        RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.QUEUED, RunStatus.QUEUED);
        assertThat(count("run_step")).isEqualTo(5);
        List<String> transactions = jdbi.withHandle(
                handle -> handle.createQuery("select xmin::text from run union select xmin::text from run_step")
                        .mapTo(String.class)
                        .list());
        assertThat(transactions).as("All rows are of one transaction").hasSize(1);
    }

    @Test
    void runThatWaitsForSomethingSaysSoAndItsAttemptDoesNotCount() {
        UUID id = runs.add();
        ClaimedRun run = queue.claim("a", LEASE, 1).getFirst();

        queue.end(List.of(ending(run, new RunEnd.Parked(Duration.ZERO, "the target's limit"))));

        assertThat(reads.find(runs.tenant(), id).orElseThrow()).satisfies(found -> {
            assertThat(found.waitingFor()).isEqualTo("the target's limit");
            assertThat(found.attempt()).isZero();
        });
        assertThat(queue.claim("a", LEASE, 1).getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void newestRunOfEachIntegrationIsTold() {
        QueuedRuns other = runs.ofAnotherIntegration();
        List<UUID> added = runs.add(3);
        UUID alone = other.add();

        queue.end(queue.claim("a", LEASE, 10).reversed().stream()
                .map(run -> ending(run, SUCCEEDED))
                .toList());

        assertThat(reads.lastRuns(0).items())
                .extracting(LastRunFeed.Entry::run)
                .extracting(run -> run.runId())
                .containsExactlyInAnyOrder(added.getLast(), alone);
    }

    @Test
    void endUnderAnOldFenceWritesNothingWhileTheOthersEnd() {
        runs.add();
        ClaimedRun former = queue.claim("dies", Duration.ofMillis(1), 1).getFirst();
        ClaimedRun taken = Awaitility.await()
                .until(() -> queue.claim("b", LEASE, 1), claimed -> !claimed.isEmpty())
                .getFirst();
        runs.add(2);
        List<Ending> others = queue.claim("a", LEASE, 2).stream()
                .map(run -> ending(run, SUCCEEDED))
                .toList();

        Set<Ending> written = queue.end(List.of(others.getFirst(), ending(former, SUCCEEDED), others.getLast()));

        assertThat(written).containsExactlyInAnyOrderElementsOf(others);
        assertThat(status(taken)).isEqualTo(RunStatus.RUNNING);
        assertThat(count("run where status = 'succeeded'")).isEqualTo(2);
        assertThat(count("run_step where run_id = '" + taken.id() + "'")).isZero();
    }

    @Test
    void endUnderAnOldFenceWritesNothingBesideTheOwnersInOneBatch() {
        runs.add();
        ClaimedRun former = queue.claim("a", Duration.ofMillis(1), 1).getFirst();
        ClaimedRun owner = Awaitility.await()
                .until(() -> queue.claim("a", LEASE, 1), claimed -> !claimed.isEmpty())
                .getFirst();
        Ending old = ending(former, new RunEnd.Failed(ERROR));
        Ending now = ending(owner, SUCCEEDED);

        assertThat(queue.end(List.of(old, now))).containsExactly(now);

        assertThat(status(owner)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(count("run_step")).isOne();
    }

    @Test
    void endsAndRenewalsAtOnceDoNotDeadlock() throws Exception {
        List<UUID> added = runs.add(1_500);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> ending = threads.submit(() -> {
                List<ClaimedRun> claimed = queue.claim("a", LEASE, 30);
                while (!claimed.isEmpty()) {
                    List<ClaimedRun> more = queue.claim("a", LEASE, 30);
                    // Newest first: what locks them must not go by the order of the batch.
                    queue.end(claimed.reversed().stream()
                            .map(run -> ending(run, SUCCEEDED))
                            .toList());
                    claimed = more;
                }
            });
            while (!ending.isDone()) {
                queue.renew("a", LEASE, added);
            }
            ending.get();
        }

        assertThat(count("run where status = 'succeeded'")).isEqualTo(1_500);
        assertThat(count("open_run")).isZero();
    }
}
