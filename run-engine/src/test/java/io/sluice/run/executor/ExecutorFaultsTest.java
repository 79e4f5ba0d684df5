package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.contract.integration.RetryPolicy;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.run.http.AddressGuard;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.OutboundLimits;
import io.sluice.run.http.VertxExchange;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunCommandStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.RunReads;
import io.sluice.run.store.StepLogStore;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.HeldUpQueue;
import io.sluice.run.testsupport.LocalTarget;
import io.sluice.run.testsupport.QueuedRuns;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to runs around their steps: stopped, given back, tried again, watched. With real calls. */
@Timeout(60)
class ExecutorFaultsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunReads reads = new RunReads(jdbi);
    private final RunCommandStore commands = new RunCommandStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final CountDownLatch over = new CountDownLatch(1);
    private final LocalTarget target = new LocalTarget();
    private final Vertx vertx = Vertx.vertx();
    private final List<Executor> started = new ArrayList<>();
    private final List<Executor> stopped = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        over.countDown();
        // Those that the test itself has stopped would wait for their places again.
        started.stream().filter(executor -> !stopped.contains(executor)).forEach(Executor::stop);
        target.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }

    /** Leases are long: nothing here is to be mended by their end. */
    private Executor start(Duration grace) {
        return start(grace, new RunQueueStore(jdbi));
    }

    private Executor start(Duration grace, RunQueue queue) {
        ExecutorSettings settings = new ExecutorSettings(
                8,
                LONG,
                Duration.ofMillis(50),
                3,
                Duration.ofHours(1),
                grace,
                tenant -> Limits.DEFAULT.with(LONG, 100_000, Long.MAX_VALUE),
                new LargeRuns(2, 1 << 20));
        AddressGuard guard = new AddressGuard(List.of("127.0.0.1"));
        OutboundLimits limits = new OutboundLimits(Duration.ofSeconds(5), LONG, 1_000_000, 10_000_000);
        Executor executor = ExecutorFactory.create(
                queue,
                new StepLogStore(jdbi),
                new FlowStore(jdbi),
                (run, slot) -> Optional.empty(),
                new ExecutorFactory.Outside(
                        new GuardedHttp(new VertxExchange(vertx, guard, limits), InstantSource.system()),
                        InstantSource.system(),
                        new Random(1)),
                settings);
        started.add(executor);
        executor.start();
        return executor;
    }

    private void stop(Executor executor) {
        stopped.add(executor);
        executor.stop();
    }

    private Run run(UUID id) {
        return reads.find(runs.tenant(), id).orElseThrow();
    }

    private Run ended(UUID id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> run(id), run -> run.status().isFinal());
    }

    private void awaitRunning(UUID id) {
        Awaitility.await().until(() -> run(id).status() == RunStatus.RUNNING);
    }

    /** Answers when the test is over. */
    private void hang(HttpExchange exchange) throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LocalTarget.send(exchange, 200, "{}");
    }

    private String call(String path) {
        return "{call: http, with: {method: post, endpoint: '" + target.url(path) + "', body: {n: 1}}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{wait: {minutes: 4}}",
                "{set: {n: '${ ($f := function($n) { $n <= 1 ? 1 : $f($n - 1) + $f($n - 2) }; $f(90)) }'}}",
                "CALL"
            })
    void markInTheDatabaseEndsWhateverTheRunDoes(String task) {
        target.on("/hangs", this::hang);
        UUID id =
                runs.ofTasks("- step: " + task.replace("CALL", call("/hangs"))).add();
        start(LONG);
        awaitRunning(id);
        if (task.equals("CALL")) {
            Awaitility.await().until(() -> !target.seen("/hangs").isEmpty());
        }

        commands.cancel(runs.tenant(), id);

        assertThat(ended(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void runThatEndsWithinTheGraceIsNotGivenBack() {
        target.on("/slow", this::hang);
        UUID id = runs.ofTasks("- step: " + call("/slow")).add();
        Executor executor = start(LONG);
        Awaitility.await().until(() -> !target.seen("/slow").isEmpty());

        Thread stopping = Thread.ofVirtual().start(() -> stop(executor));
        Awaitility.await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        over.countDown();
        Awaitility.await().until(() -> !stopping.isAlive());

        assertThat(run(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(id).attempt()).isEqualTo(1);
    }

    @Test
    void runThatIsLongerThanTheGraceIsGivenBackAtOnce() {
        target.on("/hangs", this::hang);
        UUID id = runs.ofTasks("- step: " + call("/hangs")).add();
        Executor executor = start(Duration.ofMillis(50));
        Awaitility.await().until(() -> !target.seen("/hangs").isEmpty());

        stop(executor);

        assertThat(run(id).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(run(id).attempt()).isZero();
    }

    @Test
    void runThatIsBeingClaimedAtShutdownIsGivenBackToo() {
        UUID id = runs.ofTasks("- w: {wait: {minutes: 4}}").add();
        HeldUpQueue queue = new HeldUpQueue(new RunQueueStore(jdbi));
        Executor executor = start(Duration.ofSeconds(1), queue);
        Awaitility.await().until(queue::isAsked);

        Thread stopping = Thread.ofVirtual().start(() -> stop(executor));
        Awaitility.await().until(() -> !stopping.isAlive() || stopping.getState() == Thread.State.TIMED_WAITING);
        queue.goOn();
        Awaitility.await().until(() -> !stopping.isAlive());

        Awaitility.await().during(Duration.ofMillis(300)).until(() -> run(id).status() == RunStatus.QUEUED);
    }

    @Test
    void runIsTriedAgainByTheIntegrationsOwnPolicy() {
        AtomicInteger calls = new AtomicInteger();
        target.on("/flaky", exchange -> LocalTarget.send(exchange, calls.incrementAndGet() < 5 ? 404 : 200, "{}"));
        RetryPolicy policy = new RetryPolicy(6, Duration.ofMillis(5), Duration.ofMillis(20), List.of("404"));
        UUID id = runs.ofTasks("- step: " + call("/flaky"))
                .on(new NewRun.Terms(null, policy, 30))
                .add();

        start(LONG);

        Run run = ended(id);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.attempt()).isEqualTo(5);
        assertThat(target.seen("/flaky"))
                .extracting(seen -> seen.header("Idempotency-Key").orElse(""))
                .hasSize(5)
                .containsOnly(target.seen("/flaky")
                        .getFirst()
                        .header("Idempotency-Key")
                        .orElseThrow());
    }

    @Test
    void stepsAreSeenWhileALaterOneHangs() {
        target.on("/hangs", this::hang);
        UUID id = runs.ofTasks("- one: {set: {n: 1}}\n- two: {set: {n: 2}}\n- three: " + call("/hangs"))
                .add();

        start(LONG);

        Awaitility.await().until(() -> run(id).steps().size() == 2);
        assertThat(run(id).steps()).extracting(Step::name).containsExactly("one", "two");
        assertThat(run(id).status()).isEqualTo(RunStatus.RUNNING);
        over.countDown();
        assertThat(ended(id).steps()).extracting(Step::name).startsWith("one", "two", "three");
    }
}
