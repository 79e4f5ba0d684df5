package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.LastRunFeed;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunReadsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(null);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private List<UUID> list(RunReads.Filter filter) {
        return reads.list(runs.tenant(), runs.integrationId(), filter).stream()
                .map(RunSummary::id)
                .toList();
    }

    private static RunReads.Filter newest(int limit) {
        return new RunReads.Filter(null, null, null, null, null, limit);
    }

    private void succeed(int count) {
        for (ClaimedRun run : queue.claim("a", LEASE, count)) {
            Ends.end(queue, run, SUCCEEDED, List.of());
        }
    }

    @Test
    void newestRunsComeFirstAndPagesGoOnBeforeTheLastOne() {
        List<UUID> added = runs.add(5);

        List<UUID> first = list(newest(2));
        List<UUID> second = list(new RunReads.Filter(null, null, null, null, first.getLast(), 10));

        assertThat(first).containsExactly(added.get(4), added.get(3));
        assertThat(second).containsExactly(added.get(2), added.get(1), added.get(0));
    }

    @Test
    void statusAndTriggerNarrowTheList() {
        UUID done = runs.add();
        succeed(1);
        UUID waiting = runs.add();
        UUID hooked = runs.ofTrigger(TriggerKind.WEBHOOK).add();

        assertThat(list(new RunReads.Filter(RunStatus.SUCCEEDED, null, null, null, null, 10)))
                .containsExactly(done);
        assertThat(list(new RunReads.Filter(RunStatus.QUEUED, TriggerKind.MANUAL, null, null, null, 10)))
                .containsExactly(waiting);
        assertThat(list(new RunReads.Filter(null, TriggerKind.WEBHOOK, null, null, null, 10)))
                .containsExactly(hooked);
    }

    @Test
    void listBeginsAtFromAndEndsBeforeTo() {
        UUID id = runs.add();
        Instant created = reads.find(runs.tenant(), id).orElseThrow().createdAt();

        assertThat(list(new RunReads.Filter(null, null, created, created.plusMillis(1), null, 10)))
                .containsExactly(id);
        assertThat(list(new RunReads.Filter(null, null, created.plusMillis(1), null, null, 10)))
                .isEmpty();
        assertThat(list(new RunReads.Filter(null, null, null, created, null, 10)))
                .isEmpty();
    }

    @Test
    void runsOfOthersAreNotListedNorFound() {
        UUID id = runs.add();
        runs.ofAnotherIntegration().add();
        runs.ofAnotherTenant().add();

        assertThat(list(newest(10))).containsExactly(id);
        assertThat(reads.list("another", runs.integrationId(), newest(10))).isEmpty();
        assertThat(reads.find("another", id)).isEmpty();
    }

    @Test
    void runHasItsStepsInTheOrderTheyWereWritten() {
        UUID id = runs.add();
        ClaimedRun run = queue.claim("a", LEASE, 1).getFirst();
        new StepLogStore(jdbi).write(run, List.of(Steps.succeeded("/z"), Steps.succeeded("/a")), null, 0);

        assertThat(reads.find(runs.tenant(), id).orElseThrow().steps())
                .extracting(step -> step.visit())
                .containsExactly("/z", "/a");
    }

    @Test
    void lastRunOfAnIntegrationIsTheOneThatEndedLast() {
        List<UUID> added = runs.add(2);
        succeed(2);

        assertThat(reads.lastRuns(0).items()).singleElement().satisfies(entry -> {
            assertThat(entry.integrationId()).isEqualTo(runs.integrationId());
            assertThat(entry.tenant()).isEqualTo(runs.tenant());
            assertThat(entry.run().runId()).isIn(added);
        });
    }

    @Test
    void lastRunsGoOnAfterTheirPosition() {
        runs.add();
        succeed(1);
        LastRunFeed first = reads.lastRuns(0);

        assertThat(reads.lastRuns(first.position()).items()).isEmpty();
        assertThat(reads.lastRuns(first.position()).position()).isEqualTo(first.position());

        UUID other = runs.ofAnotherIntegration().add();
        succeed(1);
        assertThat(reads.lastRuns(first.position()).items())
                .extracting(entry -> entry.run().runId())
                .containsExactly(other);
    }

    @Test
    void lastRunOfACommitThatIsStillOpenDoesNotAppearBehindTheReader() {
        UUID slow = runs.add();
        ClaimedRun held = queue.claim("a", LEASE, 1).getFirst();
        UUID quick = runs.ofAnotherIntegration().add();

        try (Handle open = database.jdbi().open()) {
            open.begin();
            open.execute("select pg_current_xact_id()");
            succeed(1);
            assertThat(reads.lastRuns(0).items()).isEmpty();
            open.commit();
        }
        Ends.end(queue, held, SUCCEEDED, List.of());

        assertThat(reads.lastRuns(0).items())
                .extracting(entry -> entry.run().runId())
                .containsExactly(quick, slow);
    }

    @Test
    void readerOfLastRunsMissesNothingWhileManyCommit() throws Exception {
        Map<UUID, UUID> newest = new HashMap<>();
        List<QueuedRuns> integrations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            integrations.add(runs.ofAnotherIntegration().serially());
        }
        for (int round = 0; round < 10; round++) {
            for (QueuedRuns integration : integrations) {
                newest.put(integration.integrationId(), integration.add());
            }
        }
        CountDownLatch writing = new CountDownLatch(4);
        Map<UUID, UUID> seen = new HashMap<>();
        long[] position = {0};

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(() -> {
                    drain();
                    writing.countDown();
                }));
            }
            while (writing.getCount() > 0) {
                read(position, seen);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        Awaitility.await().untilAsserted(() -> {
            read(position, seen);
            assertThat(seen).isEqualTo(newest);
        });
    }

    private void read(long[] position, Map<UUID, UUID> seen) {
        LastRunFeed feed = reads.lastRuns(position[0]);
        assertThat(feed.position()).isGreaterThanOrEqualTo(position[0]);
        feed.items()
                .forEach(entry -> seen.put(entry.integrationId(), entry.run().runId()));
        position[0] = feed.position();
    }

    private void drain() {
        String worker = UUID.randomUUID().toString();
        while (jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from open_run)")
                .mapTo(Boolean.class)
                .one())) {
            for (ClaimedRun run : queue.claim(worker, LEASE, 4)) {
                Ends.end(queue, run, SUCCEEDED, List.of());
            }
        }
    }
}
