package io.sluice.run.testsupport;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/** Databases with the engine's tables on one PostgreSQL server for all tests of a JVM. */
public final class Database implements AutoCloseable {

    private static final List<String> MIGRATIONS = List.of(
            "/db/run/V001__create_runs.sql",
            "/db/run/V003__split_open_runs_from_history.sql",
            "/db/run/V004__lock_strays_while_they_move.sql",
            "/db/run/V005__add_claim_of_begun_contexts.sql",
            "/db/run/V007__lighten_open_runs.sql");
    private static final String EMPTY = "truncate feed_position, flow, deployment, open_run, run, run_step, lane,"
            + " run_floor, bulk_replay, flow_context, flow_context_history, last_run";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Emptied and free to be used again: making one takes longer than most tests. */
    private static final Queue<Database> FREE = new ConcurrentLinkedQueue<>();

    private final String name;
    private final AgroalDataSource pool;
    private final boolean current;

    private Database(String name, boolean current) {
        this.name = name;
        this.current = current;
        this.pool = pool(url());
    }

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start();
                Jdbi.create(postgres.getPostgresDatabase())
                        .useHandle(handle -> handle.execute("create database sluice_template"));
                Jdbi.create(postgres.getDatabase("postgres", "sluice_template"))
                        .useHandle(handle -> MIGRATIONS.forEach(file -> handle.execute(migration(file))));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database of its own. */
    public static Database fresh() {
        Database free = FREE.poll();
        if (free != null) {
            return free;
        }
        String name = "sluice_" + COUNT.incrementAndGet();
        Jdbi.create(Server.POSTGRES.getPostgresDatabase())
                .useHandle(handle -> handle.execute("create database " + name + " template sluice_template"));
        return new Database(name, true);
    }

    /** A database of its own without any table, for tests of the migrations. */
    public static Database bare() {
        String name = "sluice_bare_" + COUNT.incrementAndGet();
        Jdbi.create(Server.POSTGRES.getPostgresDatabase())
                .useHandle(handle -> handle.execute("create database " + name));
        return new Database(name, false);
    }

    /** Makes the engine's tables on another server. */
    public static void createTables(Jdbi jdbi) {
        jdbi.useHandle(handle -> MIGRATIONS.forEach(file -> handle.execute(migration(file))));
    }

    /** Applies the migration with this number. */
    public void migrate(String version) {
        String file = MIGRATIONS.stream()
                .filter(path -> path.contains("/" + version + "__"))
                .findFirst()
                .orElseThrow();
        jdbi().useTransaction(handle -> handle.execute(migration(file)));
    }

    public Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    @Override
    public void close() {
        if (!current) {
            pool.close();
            return;
        }
        jdbi().useHandle(handle -> handle.execute(EMPTY));
        FREE.add(this);
    }

    public String url() {
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    private static AgroalDataSource pool(String url) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(8)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String migration(String file) {
        try (InputStream in = Objects.requireNonNull(Database.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
