package io.sluice.benchmarks;

import io.sluice.benchmarks.measure.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code ./sluice bench} starts. */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Optional<Request> request = Request.parse(List.of(arguments));
        if (request.isEmpty()) {
            System.err.print(Request.USAGE);
            System.exit(2);
        }
        out.println(InstantSource.system().instant().atOffset(ZoneOffset.UTC).toLocalDate() + ", " + Machine.here());
        out.println();
        int failed = 0;
        for (Benchmark benchmark : request.get().benchmarks()) {
            Process process = new ProcessBuilder(command(benchmark, List.of(arguments)))
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                System.err.println(benchmark.word() + " failed.");
                failed++;
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static List<String> command(Benchmark benchmark, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms" + benchmark.heapMegabytes() + "m",
                "-Xmx" + benchmark.heapMegabytes() + "m",
                "-XX:+AlwaysPreTouch",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                // As many kept connections as there are callers, or the peer would open one for most calls.
                "-Dhttp.maxConnections=64",
                "-Djmh.ignoreLock=true",
                "-Dsluice.root=" + System.getProperty("sluice.root", "."),
                "-cp",
                System.getProperty("java.class.path"),
                BenchmarkProcess.class.getName(),
                benchmark.word()));
        arguments.stream().filter(word -> word.startsWith("--")).forEach(command::add);
        return command;
    }
}
