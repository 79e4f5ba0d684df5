package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.api.RetentionConfig;
import io.sluice.run.executor.Executor;
import io.sluice.run.executor.ExecutorFactory;
import io.sluice.run.executor.ExecutorSettings;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.StepLogStore;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The storing parts of intake on a real PostgreSQL whose connections can be taken away. */
final class Workbench {

    private static final String TENANT = "workbench";
    private static final RunIds IDS = new RunIds(RunOwner.INGRESS, InstantSource.system(), new SecureRandom());

    private static final AtomicInteger OWN = new AtomicInteger();

    final UUID integration = UUID.randomUUID();

    /** Connections that may still be opened; below zero any number. */
    private final AtomicInteger allowed = new AtomicInteger(-1);

    private final AtomicInteger confusedConnects = new AtomicInteger();
    private final AtomicInteger confusedCommits = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String failureState = "";
    private final AtomicBoolean loseCommit = new AtomicBoolean();

    /** Whoever holds it keeps all others from connecting. */
    final ReentrantLock gate = new ReentrantLock();

    final Jdbi jdbi = Jdbi.create(this::connect);
    private final Jdbi looking = Jdbi.create(Server.POSTGRES.getPostgresDatabase());

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("fsync", "off")
                        .start();
                migrate(postgres.getPostgresDatabase());
                Jdbi.create(postgres.getPostgresDatabase())
                        .useHandle(
                                handle -> handle.execute("insert into flow (digest, document) values ('done', '{}')"));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations("db/run", "db/migration")
                .load()
                .migrate();
    }

    /** A database that nobody else uses, for what is done to whole tables. */
    static Jdbi ownDatabase() {
        String name = "own_" + OWN.incrementAndGet();
        Jdbi.create(Server.POSTGRES.getPostgresDatabase())
                .useHandle(handle -> handle.execute("create database " + name));
        DataSource database = Server.POSTGRES.getDatabase("postgres", name);
        migrate(database);
        return Jdbi.create(database);
    }

    static RetentionConfig retention(String... settings) {
        Map<String, String> config = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            config.put("sluice.retention." + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(RetentionConfig.class)
                .withDefaultValues(config)
                .build()
                .getConfigMapping(RetentionConfig.class);
    }

    private Connection connect() throws SQLException {
        gate.lock();
        gate.unlock();
        if (allowed.getAndUpdate(left -> left > 0 ? left - 1 : left) == 0) {
            throw new SQLException("there is no connection", "08001");
        }
        if (takenFrom(confusedConnects)) {
            throw new AssertionError("the driver is confused");
        }
        Connection real = Server.POSTGRES.getPostgresDatabase().getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("commit") && takenFrom(confusedCommits)) {
                            throw new AssertionError("the driver is confused");
                        }
                        // Inside of transactions alone: reads do not have one.
                        if (method.getName().equals("prepareStatement")
                                && !real.getAutoCommit()
                                && takenFrom(failures)) {
                            throw new SQLException("not this time", failureState);
                        }
                        Object result = method.invoke(real, arguments);
                        if (method.getName().equals("commit") && loseCommit.getAndSet(false)) {
                            throw new SQLException("the connection broke", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void away() {
        allowed.set(0);
    }

    void back() {
        allowed.set(-1);
    }

    /** Away again once so many more connections were opened. */
    void backFor(int connections) {
        allowed.set(connections);
    }

    boolean isUsedUp() {
        return allowed.get() == 0;
    }

    private static boolean takenFrom(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** So many times the driver fails in a way that no exception tells. */
    void confuse(int connects, int commits) {
        confusedConnects.set(connects);
        confusedCommits.set(commits);
    }

    boolean isConfused() {
        return confusedConnects.get() + confusedCommits.get() > 0;
    }

    /** The next statements of transactions fail with this SQLSTATE. */
    void failStatements(int count, String state) {
        failureState = state;
        failures.set(count);
    }

    /** The next commit takes place, and nobody hears of it. */
    void loseNextCommit() {
        loseCommit.set(true);
    }

    static IntakeConfig config(String... settings) {
        Map<String, String> config = new HashMap<>(
                Map.of("sluice.webhook.base-url", "https://hooks.example.org", "sluice.webhook.writers", "1"));
        for (int i = 0; i < settings.length; i += 2) {
            config.put("sluice.webhook." + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .withMapping(IntakeConfig.class)
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withDefaultValues(config)
                .build()
                .getConfigMapping(IntakeConfig.class);
    }

    /** A replica's storing parts. */
    record Replica(CallStore store, Spool spool, GroupCommit group) implements AutoCloseable {
        @Override
        public void close() {
            group.stop(new ShutdownEvent());
            spool.stop(new ShutdownEvent());
        }
    }

    Replica start(Path folder, String maxSize) {
        return start(config("spool.path", folder.toString(), "spool.max-size", maxSize));
    }

    Replica start(IntakeConfig config) {
        CallStore store = new CallStore(jdbi, new Listeners(jdbi));
        Executor executor = executor();
        Spool spool = new Spool(new SpoolPositions(jdbi), store, executor, config);
        spool.start(new StartupEvent());
        GroupCommit group = new GroupCommit(store, spool, executor, config);
        group.start(new StartupEvent());
        return new Replica(store, spool, group);
    }

    /** One that executes nothing: what is queued stays where it can be counted. */
    private Executor executor() {
        return ExecutorFactory.create(
                new RunQueueStore(jdbi),
                new StepLogStore(jdbi),
                new FlowStore(jdbi),
                (run, slot) -> Optional.empty(),
                new ExecutorFactory.Outside(
                        call -> {
                            throw new IllegalStateException("nothing is sent");
                        },
                        InstantSource.system(),
                        new SecureRandom()),
                new ExecutorSettings(
                        1,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        tenant -> Limits.DEFAULT,
                        new LargeRuns(1, 8 << 20)));
    }

    /** A call with a body of its own, in a lane whose numbers tell the order of storing. */
    PendingCall call(String body, @Nullable String key) {
        return call(body, key, "");
    }

    PendingCall call(String body, @Nullable String key, String query) {
        return call(body, List.of(Optional.ofNullable(key)), query);
    }

    PendingCall batch(String body, String... keys) {
        return call(body, List.of(keys).stream().map(Optional::of).toList(), "");
    }

    private PendingCall call(String body, List<Optional<String>> keys, String query) {
        List<PendingCall.PendingRun> runs = keys.stream()
                .map(key -> new PendingCall.PendingRun(run(body), key.orElse(null)))
                .toList();
        CallCopy copy = new CallCopy(
                TENANT,
                integration,
                false,
                Instant.now(),
                202,
                "POST",
                query,
                "{}",
                body.getBytes(StandardCharsets.UTF_8),
                null);
        return new PendingCall(runs.getFirst().run().id(), copy, runs, Duration.ofDays(7), keys.size() > 1);
    }

    private NewRun run(String body) {
        return new NewRun(
                IDS.next(),
                TENANT,
                integration,
                TriggerKind.WEBHOOK,
                new FlowRef("tests/done:1.0.0", "done"),
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode().put("body", body),
                null,
                null,
                null,
                new NewRun.Terms(Lane.ofKey("all"), null, 30));
    }

    /** As if the windows of all its ids were over. */
    void expireIds() {
        looking.useHandle(handle -> handle.execute(
                "update event_id set expires_at = now() - interval '1 second' where integration_id = ?", integration));
    }

    /** Bodies of the runs, in the order in which they were stored. */
    List<String> stored() {
        return looking.withHandle(handle -> handle.createQuery(
                        "select event ->> 'body' from open_run where integration_id = :id order by lane_number")
                .bind("id", integration)
                .mapTo(String.class)
                .list());
    }

    List<UUID> storedIds() {
        return looking.withHandle(
                handle -> handle.createQuery("select id from open_run where integration_id = :id order by lane_number")
                        .bind("id", integration)
                        .mapTo(UUID.class)
                        .list());
    }

    /** A run that has succeeded without an output. */
    UUID endedRun() {
        UUID id = IDS.next();
        looking.useHandle(handle -> handle.execute("""
                        insert into run (id, retention, tenant, integration_id, trigger, status, attempt, template, flow_digest,
                                         params, key_root, created_at, ended_at)
                        values (?, 30, 't', ?, 'webhook', 'succeeded', 1, 'tests/done:1.0.0', 'done', '{}', ?, now(), now())
                        """, id, integration, id));
        return id;
    }

    /** Nobody's spool moves on until it is closed: who stores a page of one waits in the database. */
    Hanging hangSpools() {
        Handle handle = looking.open();
        handle.begin();
        handle.execute("lock table spool_position in exclusive mode");
        return new Hanging(handle);
    }

    /** A lock that others wait for. */
    record Hanging(Handle handle) implements AutoCloseable {

        boolean isWaitedFor() {
            return handle.createQuery(
                            "select exists (select 1 from pg_locks where relation = 'spool_position'::regclass and not granted)")
                    .mapTo(Boolean.class)
                    .one();
        }

        @Override
        public void close() {
            handle.rollback();
            handle.close();
        }
    }

    boolean hasPositionOf(UUID spool) {
        return new SpoolPositions(looking).of(spool).isPresent();
    }

    long calls() {
        return looking.withHandle(
                handle -> handle.createQuery("select count(*) from accepted_call where integration_id = :id")
                        .bind("id", integration)
                        .mapTo(Long.class)
                        .one());
    }
}
