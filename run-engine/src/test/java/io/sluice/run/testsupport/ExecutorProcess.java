package io.sluice.run.testsupport;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.sluice.run.executor.ExecutorFactory;
import io.sluice.run.executor.ExecutorSettings;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.StepLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An executor in a process of its own, to be killed. It boots, waits for {@link #go}, and executes until it dies. */
public final class ExecutorProcess implements AutoCloseable {

    private static final String READY = "ready";
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Process process;
    private final BufferedReader said;
    private final String name;

    /** @param name the application's name at the database, and the header {@code Child} of its calls */
    public ExecutorProcess(String jdbcUrl, String name) {
        this.name = name;
        try {
            this.process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-XX:-UsePerfData",
                            // Else the JDK's client itself sends a call twice.
                            "-Dsun.net.http.retryPost=false",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ExecutorProcess.class.getName(),
                            jdbcUrl,
                            name))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** In the process itself. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Jdbi jdbi = Jdbi.create(AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(8)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .connectionFactoryConfiguration(
                                factory -> factory.jdbcUrl(arguments[0] + "&ApplicationName=" + arguments[1])))));
        FlowStore flows = new FlowStore(jdbi);
        // Loads what the first claim needs, so that the time until it dies is spent on runs.
        jdbi.useHandle(handle -> handle.execute("select 1 from flow"));
        ExecutorFactory.Outside outside = new ExecutorFactory.Outside(
                new PlainHttp(Map.of("Child", arguments[1])), InstantSource.system(), new Random(1));
        var executor = ExecutorFactory.create(
                new RunQueueStore(jdbi),
                new StepLogStore(jdbi),
                flows,
                (run, slot) -> Optional.empty(),
                outside,
                settings());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(READY);
        if (in.readLine() != null) {
            executor.start();
            // Ends with the parent, too.
            while (in.readLine() != null) {
                executor.wake();
            }
        }
        System.exit(0);
    }

    /** No attempt is the last one: only the kills are to decide. */
    private static ExecutorSettings settings() {
        return new ExecutorSettings(
                8,
                LEASE,
                Duration.ofMillis(20),
                1_000,
                Duration.ofMillis(10),
                Duration.ofSeconds(5),
                tenant -> Limits.DEFAULT.with(Duration.ofSeconds(60), 10_000, 1_000_000),
                new LargeRuns(2, 1 << 20));
    }

    public String name() {
        return name;
    }

    /** Lets it claim, once it has booted. */
    public void go() {
        try {
            @Nullable String line = said.readLine();
            if (!READY.equals(line)) {
                throw new IllegalStateException("it said " + line);
            }
            process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
