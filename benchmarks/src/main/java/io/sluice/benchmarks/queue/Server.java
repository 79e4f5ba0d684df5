package io.sluice.benchmarks.queue;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/** One PostgreSQL for all subjects; each gets a database and a pool of its own. */
public final class Server implements AutoCloseable {

    /** As the trigger services have it. */
    private static final int CONNECTIONS = 32;

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    public Server() {
        try {
            // The embedded server's own default is off: commits would be counted that a crash can lose.
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A database; whoever connects from this machine is trusted.
     *
     * @param user the owner
     */
    public record Database(int port, String name, String user) {

        public String jdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
        }
    }

    /** A new, empty database. */
    public Database create() {
        String name = "bench_" + databases.incrementAndGet();
        Jdbi.create(postgres.getPostgresDatabase()).useHandle(handle -> handle.execute("create database " + name));
        return new Database(postgres.getPort(), name, "postgres");
    }

    /** What a setting is now, as the server says it. */
    public String setting(String name) {
        return Jdbi.create(postgres.getPostgresDatabase())
                .withHandle(handle -> handle.createQuery("select current_setting(:name)")
                        .bind("name", name)
                        .mapTo(String.class)
                        .one());
    }

    /** A new, empty database with a pool. */
    AgroalDataSource database() {
        return pool(create());
    }

    /** A pool as large as that of each subject. */
    public static AgroalDataSource pool(Database database) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.jdbcUrl())
                                    .principal(new NamePrincipal(database.user())))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So that nobody pays for what was written before. */
    public void settle() {
        Jdbi.create(postgres.getPostgresDatabase()).useHandle(handle -> handle.execute("checkpoint"));
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
