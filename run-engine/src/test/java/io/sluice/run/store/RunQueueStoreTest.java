package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
class RunQueueStoreTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration BRIEF = Duration.ofMillis(1);
    private static final RunError ERROR = new RunError("http-status", 503, "The target answered 503", null, "/do/0/a");
    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(Json.parse("{\"ok\": true}"));

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private ClaimedRun claimed(String worker) {
        List<ClaimedRun> claimed = queue.claim(worker, LEASE, 10);
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    /** Claims by a worker that dies, and waits until its lease is over. */
    private ClaimedRun claimedByTheDead() {
        ClaimedRun run = queue.claim("dead", BRIEF, 1).getFirst();
        Awaitility.await()
                .until(() -> queue.renew("dead", BRIEF, List.of(run.id())).isEmpty());
        return run;
    }

    private RunStatus status(UUID run) {
        return reads.find(runs.tenant(), run).orElseThrow().status();
    }

    private int attempt(UUID run) {
        return reads.find(runs.tenant(), run).orElseThrow().attempt();
    }

    @Test
    void runIsClaimedWithWhatItNeeds() {
        UUID id = runs.add(Json.parse("{\"body\": 1}"));

        ClaimedRun run = claimed("a");

        assertThat(run.id()).isEqualTo(id);
        assertThat(run.tenant()).isEqualTo(runs.tenant());
        assertThat(run.integrationId()).isEqualTo(runs.integrationId());
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.template()).isEqualTo(runs.flow().template());
        assertThat(run.flowDigest()).isEqualTo(runs.flow().digest());
        assertThat(run.event()).isEqualTo(Json.parse("{\"body\": 1}"));
        assertThat(status(id)).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void oldestRunsAreClaimedFirst() {
        List<UUID> added = runs.add(6);

        assertThat(queue.claim("a", LEASE, 3)).extracting(ClaimedRun::id).hasSameElementsAs(added.subList(0, 3));
        assertThat(queue.claim("b", LEASE, 3)).extracting(ClaimedRun::id).hasSameElementsAs(added.subList(3, 6));
        assertThat(queue.claim("a", LEASE, 3)).isEmpty();
    }

    @Test
    void claimDoesNotWaitForRowsThatAnotherIsClaiming() {
        List<UUID> added = runs.add(2);

        List<ClaimedRun> claimed = database.jdbi().inTransaction(other -> {
            other.createQuery("select 1 from open_run where id = :id for update")
                    .bind("id", added.getFirst())
                    .mapTo(Integer.class)
                    .one();
            return queue.claim("a", LEASE, 10);
        });

        assertThat(claimed).extracting(ClaimedRun::id).containsExactly(added.getLast());
    }

    @Test
    void twoWorkersExecuteTwoThousandRunsWithNoneLostAndNoneDoubled() throws Exception {
        List<UUID> added = runs.add(2_000);
        List<Future<List<UUID>>> done = new ArrayList<>();

        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String worker : List.of("a", "b")) {
                done.add(workers.submit(() -> drain(worker)));
            }
        }

        List<UUID> all = new ArrayList<>(done.get(0).get());
        all.addAll(done.get(1).get());
        assertThat(all).hasSize(2_000).doesNotHaveDuplicates().hasSameElementsAs(added);
        assertThat(done).allSatisfy(one -> assertThat(one.get()).isNotEmpty());
        assertThat(count("open_run")).isZero();
        assertThat(count("run where status = 'succeeded' and attempt = 1")).isEqualTo(2_000);
    }

    private List<UUID> drain(String worker) {
        List<UUID> ended = new ArrayList<>();
        List<ClaimedRun> claimed = queue.claim(worker, LEASE, 16);
        while (!claimed.isEmpty()) {
            for (ClaimedRun run : claimed) {
                assertThat(Ends.end(queue, run, SUCCEEDED, List.of())).isTrue();
                ended.add(run.id());
            }
            claimed = queue.claim(worker, LEASE, 16);
        }
        return ended;
    }

    private int count(String rows) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void leaseThatRanOutIsTakenOverAndTheAttemptCounts() {
        UUID id = runs.add();
        ClaimedRun before = claimedByTheDead();

        ClaimedRun taken = claimed("b");

        assertThat(taken.id()).isEqualTo(id);
        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(taken.fence()).isGreaterThan(before.fence());
        assertThat(taken.startedAt()).isEqualTo(before.startedAt());
    }

    @Test
    void leaseThatIsRenewedIsNotTakenOver() {
        UUID id = runs.add();
        ClaimedRun run = queue.claim("a", Duration.ofSeconds(5), 1).getFirst();

        List<RunQueue.Held> held = queue.renew("a", LEASE, List.of(id));

        assertThat(held).containsExactly(new RunQueue.Held(id, run.fence(), false));
        assertThat(queue.claim("b", LEASE, 1)).isEmpty();
    }

    @Test
    void leaseThatRanOutCannotBeRenewed() {
        UUID id = runs.add();
        claimedByTheDead();

        assertThat(queue.renew("dead", LEASE, List.of(id))).isEmpty();
    }

    @Test
    void formerOwnerCanNeitherLogNorEndNorSendBack() {
        UUID id = runs.add();
        ClaimedRun former = claimedByTheDead();
        ClaimedRun owner = claimed("b");

        for (RunEnd end : List.of(SUCCEEDED, new RunEnd.Failed(ERROR), new RunEnd.Again(Duration.ZERO, ERROR))) {
            assertThat(takes(former, end)).isFalse();
        }

        assertThat(status(id)).isEqualTo(RunStatus.RUNNING);
        assertThat(count("run_step")).isZero();
        assertThat(takes(owner, SUCCEEDED)).isTrue();
        assertThat(count("run_step")).isOne();
    }

    /** Whether an end counts; refusal may be said by an answer or an exception. */
    private boolean takes(ClaimedRun run, RunEnd end) {
        boolean[] ended = new boolean[1];
        Throwable refused = catchThrowable(() -> ended[0] = Ends.end(queue, run, end, List.of(Steps.succeeded("/a"))));
        return refused == null && ended[0];
    }

    @Test
    void ownerWhoseLeaseRanOutMayStillEndWhatNobodyTookOver() {
        UUID id = runs.add();
        ClaimedRun run = claimedByTheDead();

        assertThat(Ends.end(queue, run, SUCCEEDED, List.of())).isTrue();
        assertThat(status(id)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void endIsWrittenOnce() {
        runs.add();
        ClaimedRun run = claimed("a");

        assertThat(takes(run, SUCCEEDED)).isTrue();
        assertThat(takes(run, new RunEnd.Failed(ERROR))).isFalse();
        assertThat(status(run.id())).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void runsOfOneKeyAreClaimedOneAfterTheOther() {
        List<UUID> added = runs.serially().add(3);

        for (UUID next : added) {
            ClaimedRun run = claimed("a");
            assertThat(run.id()).isEqualTo(next);
            assertThat(queue.claim("b", LEASE, 10)).isEmpty();
            assertThat(Ends.end(queue, run, SUCCEEDED, List.of())).isTrue();
        }
    }

    @Test
    void runOfAKeyWaitsForTheRetryOfAnOlderOne() {
        List<UUID> added = runs.serially().add(2);
        Ends.end(queue, claimed("a"), new RunEnd.Again(Duration.ofHours(1), ERROR), List.of());

        assertThat(queue.claim("b", LEASE, 10)).isEmpty();
        assertThat(status(added.getFirst())).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void keyDoesNotHoldUpOthers() {
        runs.serially().add(2);
        UUID other = runs.ofAnotherIntegration().serially().add();
        UUID free = runs.ofAnotherIntegration().add();

        assertThat(queue.claim("a", LEASE, 10))
                .extracting(ClaimedRun::id)
                .hasSize(3)
                .contains(other, free);
    }

    @Test
    void runsOfOneKeyNeverOverlapWhenTwoWorkersRace() throws Exception {
        List<UUID> added = runs.serially().add(60);
        List<UUID> order = new ArrayList<>();
        Runnable worker = () -> {
            String name = UUID.randomUUID().toString();
            while (count("open_run") > 0) {
                for (ClaimedRun run : queue.claim(name, LEASE, 10)) {
                    assertThat(count("open_run where worker is not null")).isOne();
                    synchronized (order) {
                        order.add(run.id());
                    }
                    Ends.end(queue, run, SUCCEEDED, List.of());
                }
            }
        };

        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> both = List.of(workers.submit(worker), workers.submit(worker));
            for (Future<?> one : both) {
                one.get();
            }
        }

        assertThat(order).containsExactlyElementsOf(added);
    }

    @Test
    void runThatIsTriedAgainGoesBackWithItsDelayAndError() {
        UUID id = runs.add();

        Ends.end(queue, claimed("a"), new RunEnd.Again(Duration.ofHours(1), ERROR), List.of());

        assertThat(queue.claim("a", LEASE, 1)).isEmpty();
        assertThat(reads.find(runs.tenant(), id).orElseThrow()).satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
            assertThat(run.error()).isEqualTo(ERROR);
            assertThat(run.endedAt()).isNull();
            assertThat(Duration.between(run.createdAt(), run.notBefore()))
                    .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        });
    }

    @Test
    void runThatIsTriedAgainCountsItsAttemptsAndForgetsTheErrorOnSuccess() {
        UUID id = runs.add();
        Ends.end(queue, claimed("a"), new RunEnd.Again(Duration.ZERO, ERROR), List.of());

        ClaimedRun second = claimed("b");
        Ends.end(queue, second, SUCCEEDED, List.of());

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(reads.find(runs.tenant(), id).orElseThrow().error()).isNull();
    }

    @Test
    void runThatIsGivenBackIsDueAtOnceAndItsAttemptDoesNotCount() {
        UUID id = runs.add();
        ClaimedRun before = claimed("a");

        queue.giveBack("a");

        assertThat(status(id)).isEqualTo(RunStatus.QUEUED);
        assertThat(takes(before, SUCCEEDED)).isFalse();
        assertThat(claimed("b").attempt()).isEqualTo(1);
    }

    @Test
    void othersRunsAreNotGivenBack() {
        runs.add();
        ClaimedRun run = claimed("a");

        queue.giveBack("b");

        assertThat(queue.claim("b", LEASE, 1)).isEmpty();
        assertThat(attempt(run.id())).isEqualTo(1);
    }

    @Test
    void endLeavesOutputErrorAndTheLastLogRecords() {
        UUID good = runs.add();
        Ends.end(queue, claimed("a"), SUCCEEDED, List.of(Steps.succeeded("/a"), Steps.succeeded("/b")));
        UUID bad = runs.add();
        Ends.end(queue, claimed("a"), new RunEnd.Failed(ERROR), List.of());

        assertThat(reads.find(runs.tenant(), good).orElseThrow()).satisfies(run -> {
            assertThat(run.output()).isEqualTo(Json.parse("{\"ok\": true}"));
            assertThat(run.endedAt()).isNotNull();
            assertThat(run.steps()).extracting(step -> step.visit()).containsExactly("/a", "/b");
        });
        assertThat(reads.find(runs.tenant(), bad).orElseThrow()).satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(run.error()).isEqualTo(ERROR);
        });
    }

    @Test
    void characterThatTheDatabaseCannotHoldIsReplacedInEventOutputAndError() {
        UUID good = runs.add(Json.parse("{\"body\": \"a\\u0000b\"}"));
        ClaimedRun run = claimed("a");
        assertThat(run.event()).isEqualTo(Json.parse("{\"body\": \"a\\uFFFDb\"}"));
        Ends.end(queue, run, new RunEnd.Succeeded(Json.parse("\"x\\u0000\"")), List.of());
        UUID bad = runs.add();
        RunError error = new RunError("http-status", 400, "no", "x\u0000", null);
        Ends.end(queue, claimed("a"), new RunEnd.Failed(error), List.of());

        assertThat(reads.find(runs.tenant(), good).orElseThrow().output()).isEqualTo(Json.parse("\"x\\uFFFD\""));
        assertThat(status(bad)).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void runThatItsWorkerDoesNotNameIsNotRenewed() {
        runs.add();
        ClaimedRun run = queue.claim("a", Duration.ofSeconds(1), 1).getFirst();

        Awaitility.await()
                .until(
                        () -> {
                            assertThat(queue.renew("a", LEASE, List.of())).isEmpty();
                            return queue.claim("b", LEASE, 1);
                        },
                        taken -> taken.stream().anyMatch(one -> one.id().equals(run.id())));
    }
}
