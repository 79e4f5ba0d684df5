package io.sluice.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL. Tests of faults stop, kill and start it while the services run. */
public final class DatabaseServer {

    private static final String NAME = "postgres";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Path directory;
    private final Path binaries;
    private final Path log;
    private final int port;
    private final StackSecrets secrets;
    private final ChildRegister register;
    private final Consumer<StackException> onDeath;
    private @Nullable EmbeddedPostgres postgres;
    private volatile @Nullable ProcessHandle server;

    DatabaseServer(
            StackOptions options,
            DataDirectory data,
            StackSecrets secrets,
            ChildRegister register,
            Consumer<StackException> onDeath) {
        this.directory = data.postgres();
        this.binaries = options.projectRoot().resolve("local/target/postgres");
        this.log = data.log(NAME);
        this.port = options.ports().number(StackPort.POSTGRES);
        this.secrets = secrets;
        this.register = register;
        this.onDeath = onDeath;
    }

    /** Returns when it takes connections. Does nothing when it runs. */
    public synchronized void start() {
        if (isAlive()) {
            return;
        }
        register.requireOpen();
        try {
            new PostmasterFile(directory).clear();
            EmbeddedPostgres started = startServer();
            closeToOthers(binaries);
            postgres = started;
            ProcessHandle process = new PostmasterFile(directory).server().orElseThrow();
            server = process;
            register.add(NAME, process.pid());
            var _ = process.onExit().thenAccept(this::ended);
            new DatabaseRoles(started.getPostgresDatabase(), secrets).create();
        } catch (IOException | SQLException | RuntimeException e) {
            throw new StackException(
                    "PostgreSQL did not start: %s. The end of %s:%n%s".formatted(e.getMessage(), log, LogTail.of(log)),
                    e);
        }
    }

    /** Ends it in order; connections are cut. */
    public synchronized void stop() {
        @Nullable ProcessHandle running = forget();
        release();
        if (running != null && running.isAlive()) {
            ProcessTree.of(running).end(STOP);
        }
    }

    /** SIGKILL, as a crash of the machine would; the next start recovers from the log. */
    public synchronized void kill() {
        @Nullable ProcessHandle running = forget();
        if (running != null) {
            ProcessTree.of(running).kill();
        }
        release();
    }

    public boolean isAlive() {
        @Nullable ProcessHandle running = server;
        return running != null && running.isAlive();
    }

    public String jdbcUrl(ServiceName service) {
        return jdbcUrl(port, service.database());
    }

    /** The password of the role that owns the service's database; the role is named as the database. */
    public String password(ServiceName service) {
        return secrets.databasePassword(service);
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The library's defaults trade durability for speed; a call that was committed here is safe, as in production. */
    private EmbeddedPostgres startServer() throws IOException {
        ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Files.createDirectories(binaries).toFile())
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START)
                .setConnectConfig("password", secrets.superuserPassword())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setOutputRedirector(output)
                .setDataDirectoryCustomizer(_ -> requirePasswords());
        Path passwordFile = directory.resolveSibling("postgres.pwfile");
        if (!Files.exists(directory.resolve("postgresql.conf"))) {
            DataDirectory.delete(directory);
            Files.writeString(passwordFile, secrets.superuserPassword());
            builder.setLocaleConfig("pwfile", passwordFile.toString());
        }
        try {
            return builder.start();
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** initdb is told to trust everybody on this machine; that ends here, before the server listens. */
    private void requirePasswords() {
        try {
            Files.writeString(directory.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        } catch (IOException e) {
            throw new StackException("Cannot write pg_hba.conf: " + e.getMessage(), e);
        }
    }

    /** The library lets everybody write to the folder of its programs. */
    private static void closeToOthers(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private @Nullable ProcessHandle forget() {
        @Nullable ProcessHandle running = server;
        server = null;
        return running;
    }

    private void release() {
        @Nullable EmbeddedPostgres running = postgres;
        postgres = null;
        if (running != null) {
            try {
                running.close();
            } catch (IOException e) {
                throw new StackException("PostgreSQL did not stop: " + e.getMessage(), e);
            }
        }
    }

    private void ended(ProcessHandle ended) {
        register.remove(ended.pid());
        if (ended.equals(server)) {
            onDeath.accept(new StackException(
                    "PostgreSQL ended by itself. The end of %s:%n%s".formatted(log, LogTail.of(log))));
        }
    }
}
