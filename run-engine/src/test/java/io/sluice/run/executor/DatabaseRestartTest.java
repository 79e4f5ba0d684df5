package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.sluice.run.expression.Json;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.store.ContextStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.StepLogStore;
import io.sluice.run.testsupport.KeyedTarget;
import io.sluice.run.testsupport.PlainHttp;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.RestartablePostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away and comes back while two replicas work. */
@Timeout(180)
class DatabaseRestartTest {

    private static final int FREE = 400;
    private static final int SERIAL = 80;
    private static final int RESTARTS = 4;

    private static final String TWO_CALLS = """
            - one: {call: http, with: {method: post, endpoint: 'TARGET/one', body: {n: 1}}}
            - each:
                for: {each: line, in: '${ [1, 2] }'}
                do:
                  - send: {call: http, with: {method: post, endpoint: 'TARGET/line', body: {n: '${ $line }'}}}
            """;

    private static final String COUNT = """
            - add: {set: {n: '${ ($exists($context.n) ? $context.n : 0) + 1 }'}, export: {as: '${ {"n": n} }'}}
            - tell: {call: http, with: {method: post, endpoint: 'TARGET/tell', body: {n: '${ $context.n }'}}}
            """;

    private final KeyedTarget target = new KeyedTarget();
    private final List<Executor> started = new ArrayList<>();
    private final List<AgroalDataSource> pools = new ArrayList<>();
    private final RestartablePostgres postgres;
    private final Jdbi jdbi;

    DatabaseRestartTest(@TempDir Path folder) {
        this.postgres = new RestartablePostgres(folder.resolve("data"));
        this.jdbi = connected();
    }

    private Jdbi connected() {
        AgroalDataSource pool = postgres.pool();
        pools.add(pool);
        return Jdbi.create(pool);
    }

    @BeforeEach
    void start() {
        for (int replica = 0; replica < 2; replica++) {
            Jdbi own = connected();
            ExecutorSettings settings = new ExecutorSettings(
                    8,
                    Duration.ofSeconds(3),
                    Duration.ofMillis(50),
                    1_000,
                    Duration.ofMillis(10),
                    Duration.ofSeconds(5),
                    tenant -> Limits.DEFAULT.with(Duration.ofSeconds(60), 10_000, 1_000_000),
                    new LargeRuns(2, 1 << 20));
            started.add(ExecutorFactory.create(
                    new RunQueueStore(own),
                    new StepLogStore(own),
                    new FlowStore(own),
                    (run, slot) -> Optional.empty(),
                    new ExecutorFactory.Outside(new PlainHttp(Map.of()), InstantSource.system(), new Random(1)),
                    settings));
        }
    }

    @AfterEach
    void stop() {
        started.forEach(Executor::stop);
        pools.forEach(AgroalDataSource::close);
        postgres.close();
        target.close();
    }

    private int count(String rows) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + rows)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void allRunsEndAndNoneIsDoubled() {
        QueuedRuns free = QueuedRuns.in(jdbi).ofTasks(TWO_CALLS.replace("TARGET", target.url("")));
        QueuedRuns serial = free.ofAnotherIntegration().serially().ofTasks(COUNT.replace("TARGET", target.url("")));
        serial.add(SERIAL);
        free.add(FREE);
        started.forEach(Executor::start);

        for (int restart = 1; restart <= RESTARTS; restart++) {
            int enough = (FREE + SERIAL) * restart / (RESTARTS + 2);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .ignoreExceptions()
                    .until(() -> count("run") >= enough);
            if (restart % 2 == 1) {
                postgres.crash();
            } else {
                postgres.restart();
            }
            target.forbid("", storedKeys());
        }

        Awaitility.await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> count("open_run") == 0);
        assertThat(count("run where status = 'succeeded'")).isEqualTo(FREE + SERIAL);
        assertThat(count("run")).isEqualTo(FREE + SERIAL);
        assertThat(target.sentAgain()).isEmpty();
        assertThat(target.sendersByKey()).hasSize(3 * FREE + SERIAL);
        assertThat(new ContextStore(jdbi)
                        .find(serial.tenant(), serial.integrationId())
                        .orElseThrow()
                        .value())
                .isEqualTo(Json.parse("{\"n\": " + SERIAL + "}"));
    }

    /** Of calls whose result is there for good: they must never come again. */
    private Set<String> storedKeys() {
        return Awaitility.await()
                .ignoreExceptions()
                .until(
                        () -> Set.copyOf(jdbi.withHandle(handle ->
                                handle.createQuery("""
                                        select distinct request -> 'headers' ->> 'Idempotency-Key' from run_step
                                         where result is not null and request is not null
                                        """).mapTo(String.class).list())),
                        keys -> true);
    }
}
