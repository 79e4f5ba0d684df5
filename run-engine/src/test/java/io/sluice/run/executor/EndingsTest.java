package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue.Ending;
import io.sluice.run.step.StepRecord;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.testsupport.Database;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends that come at once, on the database. */
@Timeout(60)
class EndingsTest {

    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(Json.parse("1"));

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final Endings endings = new Endings(queue);

    @AfterEach
    void close() {
        database.close();
    }

    private List<ClaimedRun> claimed(int count) {
        runs.add(count);
        return queue.claim("a", Duration.ofSeconds(30), count);
    }

    private int commits() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(distinct xmin::text) from run")
                .mapTo(Integer.class)
                .one());
    }

    /** Ends all while the first commit waits, so that the others come together. */
    private List<Future<Boolean>> together(List<Ending> all) {
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            jdbi.useTransaction(holding -> {
                hold(holding, all.getFirst().run().id());
                results.add(threads.submit(() -> endings.end(all.getFirst())));
                Awaitility.await().until(this::isHeldUp);
                all.subList(1, all.size()).forEach(one -> results.add(threads.submit(() -> endings.end(one))));
                Awaitility.await().until(() -> endings.waiting() == all.size() - 1);
            });
        }
        return results;
    }

    private static void hold(Handle handle, UUID run) {
        handle.createQuery("select 1 from open_run where id = :id for update")
                .bind("id", run)
                .mapTo(Integer.class)
                .one();
    }

    private boolean isHeldUp() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                                        where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(Boolean.class).one());
    }

    @Test
    void endsThatComeDuringACommitShareTheNext() {
        endings.start();

        List<Future<Boolean>> results = together(claimed(50).stream()
                .map(run -> new Ending(run, SUCCEEDED, List.of()))
                .toList());

        assertThat(results).allSatisfy(result -> assertThat(result.get()).isTrue());
        assertThat(commits()).isEqualTo(2);
    }

    @Test
    void endThatTheDatabaseRefusesDoesNotHarmTheOthers() {
        endings.start();
        List<ClaimedRun> claimed = claimed(5);
        StepRecord step = Steps.succeeded("/a");
        StepRecord refused = new StepRecord(
                step.pointer(),
                step.visit(),
                step.name(),
                step.kind(),
                "no such status",
                1,
                step.startedAt(),
                step.duration(),
                null,
                null,
                null);

        List<Future<Boolean>> results = together(claimed.stream()
                .map(run -> new Ending(run, SUCCEEDED, List.of(run.equals(claimed.get(2)) ? refused : step)))
                .toList());

        assertThat(catchThrowable(() -> results.get(2).get())).isNotNull();
        results.remove(2);
        assertThat(results).allSatisfy(result -> assertThat(result.get()).isTrue());
        List<UUID> open = jdbi.withHandle(handle ->
                handle.createQuery("select id from open_run").mapTo(UUID.class).list());
        assertThat(open).containsExactly(claimed.get(2).id());
    }

    @Test
    void endUnderAnOldFenceIsToldApartFromTheOwners() throws Exception {
        endings.start();
        runs.add();
        ClaimedRun former = queue.claim("a", Duration.ofMillis(1), 1).getFirst();
        ClaimedRun owner = Awaitility.await()
                .until(() -> queue.claim("a", Duration.ofSeconds(30), 1), claimed -> !claimed.isEmpty())
                .getFirst();
        ClaimedRun first = claimed(1).getFirst();

        List<Future<Boolean>> results = together(List.of(
                new Ending(first, SUCCEEDED, List.of()),
                new Ending(former, new RunEnd.Cancelled(), List.of()),
                new Ending(owner, SUCCEEDED, List.of())));

        assertThat(results.get(1).get()).isFalse();
        assertThat(results.get(2).get()).isTrue();
    }
}
