package io.sluice.benchmarks;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Report;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One benchmark in a JVM of its own. */
final class BenchmarkProcess {

    /** Held, as loggers that nobody holds lose their level. */
    private static final Logger ROOT = Logger.getLogger("");

    private BenchmarkProcess() {}

    public static void main(String[] arguments) {
        // The executor says a line for each run. Where lines go to is the deployment's matter, not what is measured.
        ROOT.setLevel(Level.WARNING);
        Request request = Request.parse(List.of(arguments)).orElseThrow();
        Machine machine = Machine.here();
        Benchmark benchmark = request.benchmarks().getFirst();
        Report report = benchmark.measure(request.scale());
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(request.markdown() ? report.markdown() : report.text());
        Path folder = Path.of(System.getProperty("sluice.root", "."), "benchmarks", "target", "results");
        Results.write(folder, benchmark, report, machine, InstantSource.system().instant());
        // The SDK's and JobRunr's threads may live on.
        System.exit(0);
    }
}
