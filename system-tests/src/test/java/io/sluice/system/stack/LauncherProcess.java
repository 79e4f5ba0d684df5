package io.sluice.system.stack;

import io.sluice.local.Launcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the launcher as {@code ./sluice up} does, in a folder that looks like the repository but keeps its data apart, so
 * that a stack that a developer has running is not touched.
 */
public final class LauncherProcess implements AutoCloseable {

    private static final List<String> MODULES =
            List.of("integrations-service", "webhook-ingress-service", "scheduler-service", "local");
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;

    public LauncherProcess(Path folder) throws IOException {
        this.folder = folder;
        for (String module : MODULES) {
            Files.createSymbolicLink(folder.resolve(module), ProjectRoot.find().resolve(module));
        }
    }

    public Result run(Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsluice.root=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // The JVM would announce options from the environment on a line of its own.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The launcher went on: " + Files.readString(output));
        }
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return new Result(process.exitValue(), lines);
    }

    /** Processes that still know the folder. */
    public List<String> leftovers() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.pid() != ProcessHandle.current().pid())
                .map(handle -> handle.info().commandLine().orElse(""))
                .filter(command -> command.contains(folder.toString()))
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (String module : MODULES) {
            Files.delete(folder.resolve(module));
        }
    }

    /** How it ended and what it said, errors included. */
    public record Result(int exitCode, List<String> lines) {
        public Result {
            lines = List.copyOf(lines);
        }
    }
}
