package io.sluice.benchmarks.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of this machine that are run to their end. */
public final class Programs {

    private Programs() {}

    /** Looks in PATH first, then in these folders. */
    public static Optional<Path> find(String name, List<Path> folders) {
        List<Path> all = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                all.add(Path.of(folder));
            }
        }
        all.addAll(folders);
        return all.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * What it printed.
     *
     * @throws Unavailable when it cannot be started, fails, or takes too long
     */
    public static String run(Path folder, Duration longest, Map<String, String> environment, List<String> words) {
        String name = Path.of(words.getFirst()).getFileName().toString();
        try {
            // To a file: a pipe that nobody reads would stop it, and reading one has no end in time.
            Path output = Files.createDirectories(folder).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new Unavailable(name + " took longer than " + longest.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new Unavailable(name + " failed (see " + folder.getFileName() + "/" + output.getFileName() + ")");
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new Unavailable(name + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
