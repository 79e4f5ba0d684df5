package io.sluice.benchmarks.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.executor.Executor;
import io.sluice.run.executor.ExecutorFactory;
import io.sluice.run.executor.ExecutorSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.StepLogStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Our queue and executor as a trigger service wires them, without HTTP. */
public final class SluiceQueue implements JobQueue {

    /** Of how many integrations the runs are: one alone would have all of them wait for its newest run's row. */
    private static final int INTEGRATIONS = 1_000;

    private static final int TRANSACTION = 500;
    private static final ExecutorSettings SETTINGS = new ExecutorSettings(
            WORKERS,
            Duration.ofSeconds(10),
            Duration.ofMillis(250),
            3,
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            tenant -> Limits.DEFAULT,
            new LargeRuns(2, 1 << 20));

    private final AgroalDataSource pool;
    private final Jdbi jdbi;
    private final RunRows rows;
    private final SplittableRandom random = new SplittableRandom(1);
    private final InstantSource clock = InstantSource.system();
    private final RunIds ids = new RunIds(RunOwner.INGRESS, clock, random);
    private final FlowRef flow = new FlowRef("benchmarks/orders:1.0.0", "orders");
    private final JsonNode params = Json.parse("{}");
    private final JsonNode event = Sources.ordersEvent();
    private final List<UUID> integrations = new ArrayList<>();
    private String tenant = "";
    private UUID last = new UUID(0, 0);
    private int rounds;
    private @Nullable Executor executor;

    public SluiceQueue(Server server) {
        pool = server.database();
        jdbi = Jdbi.create(pool);
        rows = new RunRows(jdbi);
        rows.create(pool, clock.instant());
        JsonNode document = FlowCompiler.read(Sources.orders(Language.JSONATA));
        jdbi.useTransaction(handle -> FlowStore.put(handle, flow.digest(), document));
        for (int i = 0; i < INTEGRATIONS; i++) {
            integrations.add(ids.next());
        }
    }

    @Override
    public String name() {
        return "Sluice";
    }

    /** Under a tenant of its own, so that earlier ones are not looked at. */
    @Override
    public void enqueue(int jobs) {
        tenant = "round-" + ++rounds;
        List<NewRun> runs = new ArrayList<>(TRANSACTION);
        for (int i = 0; i < jobs; i++) {
            runs.add(run(integrations.get(i % INTEGRATIONS)));
            if (runs.size() == TRANSACTION || i == jobs - 1) {
                rows.enqueue(runs);
                runs.clear();
            }
        }
    }

    private NewRun run(UUID integration) {
        last = ids.next();
        return new NewRun(
                last,
                tenant,
                integration,
                TriggerKind.WEBHOOK,
                flow,
                params,
                event,
                null,
                null,
                null,
                new NewRun.Terms(null, null, RunRows.RETENTION_DAYS));
    }

    @Override
    public void start() {
        ExecutorFactory.Outside outside = new ExecutorFactory.Outside(
                call -> {
                    throw new IllegalStateException("this flow calls nothing");
                },
                clock,
                random);
        Executor started = ExecutorFactory.create(
                new RunQueueStore(jdbi),
                new StepLogStore(jdbi),
                new FlowStore(jdbi),
                (run, slot) -> Optional.empty(),
                outside,
                SETTINGS);
        executor = started;
        started.start();
    }

    /**
     * Looks at the run that was stored last first: all of them are read only when there is hope, or the looking would
     * cost as much as the work.
     *
     * @throws IllegalStateException when one did not succeed
     */
    @Override
    public boolean isDone() {
        if (!rows.isEnded(last) || rows.isAnyOpen(tenant)) {
            return false;
        }
        if (rows.isAnyFailed(tenant)) {
            throw new IllegalStateException("runs failed");
        }
        return true;
    }

    @Override
    public void stop() {
        if (executor != null) {
            executor.stop();
            executor = null;
        }
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.of(rows.latency(tenant));
    }

    /** Forgets all runs. */
    public void empty() {
        rows.empty();
    }

    @Override
    public void close() {
        pool.close();
    }
}
