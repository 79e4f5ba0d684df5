package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.store.ContextStore;
import io.sluice.run.store.RunReads;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.ExecutorProcess;
import io.sluice.run.testsupport.KeyedTarget;
import io.sluice.run.testsupport.QueuedRuns;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code kill -9} at every moment of a run's life: nothing is lost, nothing that is done is done again. */
@Timeout(240)
class KillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KILLS = 50;
    private static final int FREE_EACH = 3;
    private static final int SERIAL_EACH = 2;
    private static final int FREE_CALLS = 5;
    private static final int SERIAL_CALLS = 4;

    private static final String FREE = """
            - one: {call: http, with: {method: post, endpoint: 'TARGET/one', body: {n: 1}}}
            - each:
                for: {each: line, in: '${ [1, 2, 3] }'}
                do:
                  - send: {call: http, with: {method: post, endpoint: 'TARGET/line', body: {n: '${ $line }'}}}
            - two: {call: http, with: {method: put, endpoint: 'TARGET/two', body: {n: 2}}}
            """;

    /** Counts twice: before and after a call. */
    private static final String SERIAL = """
            - before: {call: http, with: {method: post, endpoint: 'TARGET/before', body: {n: 1}}}
            - add: {set: {n: '${ ($exists($context.n) ? $context.n : 0) + 1 }'}, export: {as: '${ {"n": n} }'}}
            - after: {call: http, with: {method: post, endpoint: 'TARGET/after', body: {n: 1}}}
            - each:
                for: {each: line, in: '${ [1, 2] }'}
                do:
                  - send: {call: http, with: {method: post, endpoint: 'TARGET/serial-line', body: {n: '${ $line }'}}}
            - again: {set: {n: '${ $context.n + 1 }'}, export: {as: '${ {"n": n} }'}}
            """;

    /** When the process dies. */
    private enum Phase {
        CLAIMED("", false),
        CALLING("/one", true),
        BETWEEN_STEPS("/one", false),
        IN_A_FOR("/line", true),
        BETWEEN_ITERATIONS("/serial-line", false),
        BEFORE_A_CONTEXT_WRITE("/before", true),
        AT_A_CONTEXT_WRITE("/before", false),
        AFTER_A_CONTEXT_WRITE("/after", true),
        AT_COMPLETION("/two", false),
        ANY_TIME("", false);

        private final String path;
        private final boolean beforeTheAnswer;

        Phase(String path, boolean beforeTheAnswer) {
            this.path = path;
            this.beforeTheAnswer = beforeTheAnswer;
        }
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunReads reads = new RunReads(jdbi);
    private final KeyedTarget target = new KeyedTarget();
    private final QueuedRuns free = QueuedRuns.in(jdbi).ofTasks(FREE.replace("TARGET", target.url("")));
    private final QueuedRuns serial =
            free.ofAnotherIntegration().serially().ofTasks(SERIAL.replace("TARGET", target.url("")));
    private final List<UUID> added = new ArrayList<>();
    private final Deque<ExecutorProcess> booting = new ArrayDeque<>();
    private final Map<Phase, Integer> interrupted = new EnumMap<>(Phase.class);

    @AfterEach
    void close() {
        booting.forEach(ExecutorProcess::close);
        target.close();
        database.close();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    private void boot(int number) {
        booting.add(new ExecutorProcess(database.url(), "child-" + number));
    }

    private int count(String rows) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void nothingIsLostOrDoneTwiceInFiftyKills() {
        System.out.println("seed " + seed);
        boot(0);
        boot(1);
        for (int kill = 0; kill < KILLS; kill++) {
            boot(kill + 2);
            die(Phase.values()[kill % Phase.values().length]);
        }
        System.out.println("runs that were under way at the kills: " + interrupted);

        try (ExecutorProcess last = begin()) {
            soon().until(() -> count("open_run") == 0);
        }

        assertThat(added)
                .hasSize(KILLS * (FREE_EACH + SERIAL_EACH))
                .allSatisfy(id -> assertThat(found(id).status()).isEqualTo(RunStatus.SUCCEEDED));
        assertThat(count("run")).isEqualTo(added.size());
        assertThat(target.sentAgain()).isEmpty();
        assertThat(target.sendersByKey())
                .hasSize(KILLS * (FREE_EACH * FREE_CALLS + SERIAL_EACH * SERIAL_CALLS))
                .allSatisfy((key, senders) -> assertThat(senders).doesNotHaveDuplicates());
        assertThat(new ContextStore(jdbi)
                        .find(serial.tenant(), serial.integrationId())
                        .orElseThrow())
                .satisfies(state -> {
                    assertThat(state.value()).isEqualTo(Json.parse("{\"n\": " + 2 * KILLS * SERIAL_EACH + "}"));
                    assertThat(state.version()).isEqualTo(2L * KILLS * SERIAL_EACH);
                });
    }

    private Run found(UUID id) {
        return reads.find(free.tenant(), id)
                .or(() -> reads.find(serial.tenant(), id))
                .orElseThrow();
    }

    /** Lets the next process work until the phase is reached, and kills it there. */
    private void die(Phase phase) {
        added.addAll(free.add(FREE_EACH));
        added.addAll(serial.add(SERIAL_EACH));
        CountDownLatch dead = new CountDownLatch(1);
        ExecutorProcess process = booting.getFirst();
        if (!phase.path.isEmpty()) {
            target.set(new KeyedTarget.Trap(phase.path, phase.beforeTheAnswer, () -> {
                pause(phase.beforeTheAnswer ? 0 : 4);
                process.kill();
                dead.countDown();
            }));
        }
        begin();
        if (phase.path.isEmpty()) {
            soon().until(() -> count("open_run where worker is not null") > 0);
            pause(phase == Phase.CLAIMED ? 0 : 100);
            process.kill();
            dead.countDown();
        }
        soon().until(() -> dead.getCount() == 0);
        interrupted.merge(phase, count("open_run where worker is not null"), Integer::sum);
    }

    /** A random part of so many milliseconds. */
    private void pause(int most) {
        LockSupport.parkNanos((long) (random.nextDouble() * most * 1_000_000));
    }

    /** The next process, once all that the dead ones did is over: their leases run out, and what they stored counts. */
    private ExecutorProcess begin() {
        ExecutorProcess next = booting.removeFirst();
        soon().until(() -> count("pg_stat_activity where application_name in (" + dead(next) + ")") == 0);
        jdbi.useHandle(handle -> handle.execute(
                "update open_run set lease_until = now() - interval '1 second' where worker is not null"));
        target.forbid(next.name(), storedKeys());
        next.go();
        return next;
    }

    private static String dead(ExecutorProcess next) {
        int number = Integer.parseInt(next.name().substring("child-".length()));
        List<String> names = new ArrayList<>(List.of("'nobody'"));
        for (int before = 0; before < number; before++) {
            names.add("'child-" + before + "'");
        }
        return String.join(", ", names);
    }

    private Set<String> storedKeys() {
        return Set.copyOf(jdbi.withHandle(
                handle -> handle.createQuery("""
                        select distinct request -> 'headers' ->> 'Idempotency-Key' from run_step
                         where result is not null and request is not null
                        """).mapTo(String.class).list()));
    }
}
