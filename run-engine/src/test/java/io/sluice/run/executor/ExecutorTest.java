package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunCommandStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.RunReads;
import io.sluice.run.store.StepLogStore;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.ScriptedHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final String A = "https://shop.example/a";
    private static final String B = "https://shop.example/b";
    private static final String TWO_CALLS = """
            - one: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}}
            - two: {call: http, with: {method: post, endpoint: 'https://shop.example/b', body: '${ $ }'}}
            """;

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final StepLogStore steps = new StepLogStore(jdbi);
    private final FlowStore flows = new FlowStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final RunCommandStore commands = new RunCommandStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final ScriptedHttp http = new ScriptedHttp();
    private final List<Executor> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Executor::stop);
        database.close();
    }

    private static ExecutorSettings settings(Duration grace) {
        return new ExecutorSettings(
                8,
                LEASE,
                Duration.ofMillis(50),
                3,
                Duration.ofMillis(10),
                grace,
                tenant -> Limits.DEFAULT.with(Duration.ofSeconds(30), 10_000, 1_000_000),
                new LargeRuns(2, 1 << 20));
    }

    private Executor start() {
        return start(Duration.ofSeconds(5));
    }

    private Executor start(Duration grace) {
        Executor executor = ExecutorFactory.create(
                queue,
                steps,
                flows,
                (run, slot) -> Optional.empty(),
                new ExecutorFactory.Outside(http, InstantSource.system(), new Random(1)),
                settings(grace));
        started.add(executor);
        executor.start();
        return executor;
    }

    private Run run(UUID id) {
        return reads.find(runs.tenant(), id).orElseThrow();
    }

    private Run ended(UUID id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> run(id), run -> run.status().isFinal());
    }

    @Test
    void runIsExecutedAndItsStepsAndOutputAreKept() {
        http.answer("POST " + A, 200, "{\"id\": 7}").answer("POST " + B, 200, "{\"ok\": true}");
        UUID id = runs.ofTasks(TWO_CALLS).add();

        start();

        Run run = ended(id);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.output()).isEqualTo(Json.parse("{\"ok\": true}"));
        assertThat(run.steps()).extracting(Step::name).containsExactly("one", "two");
        assertThat(ScriptedHttp.body(http.calls().getLast())).isEqualTo("{\"id\":7}");
    }

    @Test
    void whatMayPassIsTriedAgainFromTheStepThatFailed() {
        http.answer("POST " + A, 200, "{\"id\": 7}")
                .answer("POST " + B, 503, "{}")
                .answer("POST " + B, 200, "{}");
        UUID id = runs.ofTasks(TWO_CALLS).add();

        start();

        Run run = ended(id);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(http.urls()).containsExactly(A, B, B);
        assertThat(run.steps()).extracting(Step::status).containsExactly("succeeded", "failed", "succeeded");
    }

    @Test
    void runFailsAfterItsLastAttempt() {
        for (int i = 0; i < 3; i++) {
            http.answer("POST " + A, 503, "{}");
        }
        UUID id = runs.ofTasks(TWO_CALLS).add();

        start();

        Run run = ended(id);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempt()).isEqualTo(3);
        assertThat(run.error()).extracting(RunError::code).isEqualTo("http-status");
    }

    @Test
    void whatWillNotPassFailsAtOnce() {
        http.answer("POST " + A, 400, "{}");
        UUID id = runs.ofTasks(TWO_CALLS).add();

        start();

        assertThat(ended(id).attempt()).isEqualTo(1);
    }

    @Test
    void runOfAProcessThatDiedGoesOnWithoutTheCallThatIsDone() {
        http.answer("POST " + A, 200, "{\"id\": 7}")
                .does("POST " + B, call -> {
                    throw new AssertionError("as if the process were killed here");
                })
                .answer("POST " + B, 200, "{}");
        UUID id = runs.ofTasks(TWO_CALLS).add();
        ClaimedRun claimed = queue.claim("dies", Duration.ofMillis(300), 1).getFirst();
        assertThatThrownBy(() -> attempt(claimed)).isInstanceOf(AssertionError.class);

        start();

        assertThat(ended(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(id).attempt()).isEqualTo(2);
        assertThat(http.urls()).containsExactly(A, B, B);
        assertThat(http.headers("Idempotency-Key").get(1))
                .isEqualTo(http.headers("Idempotency-Key").get(2));
        assertThat(ScriptedHttp.body(http.calls().getLast())).isEqualTo("{\"id\":7}");
    }

    private void attempt(ClaimedRun claimed) {
        Flow flow = flows.flow(claimed.flowDigest());
        Attempt.Needs needs = new Attempt.Needs(
                flows::flow,
                (run, slot) -> Optional.empty(),
                http,
                steps,
                InstantSource.system(),
                new Random(1),
                RunObserver.NONE);
        RunControl control = FlowRun.control(Duration.ofSeconds(30), 1_000);
        new Attempt(claimed, control, needs, new RetryRule(3, Duration.ofMillis(10), Duration.ofHours(1), null))
                .execute(flow, RunObserver.Unobserved.INSTANCE, journal -> {});
    }

    @Test
    void contextGoesFromRunToRunInTheirOrderOverTwoReplicas() {
        QueuedRuns counting = runs.ofTasks("- count: {set: {n: '${ $context.n + 1 }'}, export: {as: '${ $ }'}}")
                .serially();
        counting.ofTasks("- begin: {set: {n: 0}, export: {as: '${ $ }'}}")
                .serially()
                .add();
        List<UUID> added = counting.add(20);

        start();
        start();

        for (int i = 0; i < added.size(); i++) {
            assertThat(ended(added.get(i)).output()).isEqualTo(Json.parse("{\"n\": " + (i + 1) + "}"));
        }
    }

    @Test
    void runThatIsExecutedHereIsCancelledAtOnce() {
        UUID id = runs.ofTasks("- w: {wait: {seconds: 25}}").add();
        Executor executor = start();
        Awaitility.await().until(() -> run(id).status() == RunStatus.RUNNING);

        commands.cancel(runs.tenant(), id);
        executor.cancel(id);

        assertThat(ended(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void runThatAnotherReplicaExecutesIsCancelledByItsMark() {
        UUID id = runs.ofTasks("- w: {wait: {seconds: 25}}").add();
        start();
        Awaitility.await().until(() -> run(id).status() == RunStatus.RUNNING);

        commands.cancel(runs.tenant(), id);

        assertThat(ended(id).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void longRunKeepsItsLease() {
        UUID id = runs.ofTasks("- w: {wait: {seconds: 5}}").add();

        start();
        start();

        assertThat(ended(id).attempt()).isEqualTo(1);
        assertThat(run(id).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void runIsGivenBackAtShutdownAndGoesOnElsewhere() {
        UUID id = runs.ofTasks("- w: {wait: {milliseconds: 1500}}").add();
        Executor leaving = start(Duration.ofMillis(10));
        Awaitility.await().until(() -> run(id).status() == RunStatus.RUNNING);

        leaving.stop();
        assertThat(run(id).status()).isEqualTo(RunStatus.QUEUED);
        start();

        assertThat(ended(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run(id).attempt()).isEqualTo(1);
    }

    @Test
    void runWhoseFlowIsGoneFailsWithoutHoldingUpOthers() {
        http.answer("POST " + A, 200, "{}").answer("POST " + B, 200, "{}");
        UUID broken = runs.ofTasks("- other: {set: {x: 1}}").add();
        jdbi.useHandle(handle -> handle.execute("update flow set document = '{}'"));
        UUID fine = runs.ofTasks(TWO_CALLS).add();

        start();

        assertThat(ended(fine).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended(broken).status()).isEqualTo(RunStatus.FAILED);
        assertThat(run(broken).error()).extracting(RunError::code).isEqualTo("internal");
    }

    @Test
    void runThatWasGivenBackGoesOnWithoutTheCallThatIsDone() {
        http.answer("POST " + A, 200, "{}");
        UUID id = runs.ofTasks("""
                        - one: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}}
                        - w: {wait: {milliseconds: 1500}}
                        """).add();
        Executor leaving = start(Duration.ofMillis(10));
        Awaitility.await().until(() -> !run(id).steps().isEmpty());

        leaving.stop();
        start();

        assertThat(ended(id).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(http.urls()).containsExactly(A);
    }
}
