package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.SignedCalls;
import io.sluice.benchmarks.process.Programs;
import io.sluice.benchmarks.process.Unavailable;
import io.sluice.benchmarks.queue.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** One committed row of 1 KB after the other, by PostgreSQL's own load generator: what the database can do at most. */
public final class Pgbench {

    public static final int CLIENTS = 16;

    private static final Pattern RATE = Pattern.compile("(?m)^tps = (\\d+(?:\\.\\d+)?) ");
    private static final Pattern MEAN = Pattern.compile("(?m)^latency average = (\\d+(?:\\.\\d+)?) ms");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private Pgbench() {}

    /** What it found: transactions a second, and the mean time of one. */
    public record Found(double perSecond, double meanMilliseconds) {

        /** Empty when this is not what pgbench prints. */
        static OptionalDouble perSecond(String output) {
            return number(RATE, output);
        }

        static OptionalDouble meanMilliseconds(String output) {
            return number(MEAN, output);
        }

        private static OptionalDouble number(Pattern pattern, String output) {
            Matcher matcher = pattern.matcher(output);
            return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
        }
    }

    /** @throws Unavailable when it is not on this machine */
    public static Found run(Server server, Path folder, Duration time) {
        Path program = Programs.find("pgbench", folders())
                .orElseThrow(() -> new Unavailable("there is no pgbench on this machine"));
        Server.Database database = server.create();
        Jdbi.create(database.jdbcUrl(), database.user(), "")
                .useHandle(
                        handle -> handle.execute("create table bench_row (id uuid primary key, body text not null)"));
        // Prepared once for each connection, as a service's driver does: the faster way, so the harder one to reach.
        String output = Programs.run(
                folder,
                time.plusSeconds(60),
                Map.of(),
                List.of(
                        program.toString(),
                        "--no-vacuum",
                        "--protocol=prepared",
                        "--client=" + CLIENTS,
                        "--jobs=2",
                        "--time=" + Math.max(1, time.toSeconds()),
                        "--file=" + script(folder),
                        "--host=127.0.0.1",
                        "--port=" + database.port(),
                        "--username=" + database.user(),
                        database.name()));
        return new Found(
                Found.perSecond(output).orElseThrow(() -> new IllegalStateException("pgbench said: " + output)),
                Found.meanMilliseconds(output).orElse(Double.NaN));
    }

    private static Path script(Path folder) {
        // A colon before a word or a number would be one of its variables.
        String body = new SignedCalls("pgbench", "-", List.of("/"))
                .call(0)
                .body()
                .toString()
                .replace(':', ' ');
        try {
            return Files.writeString(
                            Files.createDirectories(folder).resolve("insert.sql"), """
                    \\set n random(1000000000, 2000000000)
                    insert into bench_row (id, body) values (gen_random_uuid(), cast(:n as text) || '%s');
                    """.formatted(body.substring(10)))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian keeps it out of the PATH, in a folder for each version. */
    private static List<Path> folders() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return new ArrayList<>(
                    versions.map(version -> version.resolve("bin")).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
