package io.sluice.benchmarks.engine;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The interpreter and the compiler beside the DSL's Java SDK: JMH for single runs, plain timing for the long loop. */
public final class Engine {

    private static final String SLUICE = "Sluice";
    private static final String SDK = "DSL's Java SDK";
    private static final List<Metric> METRICS = List.of(
            Metric.less("filter → map → set of 10", "µs").target(20),
            Metric.less("allocated", "KB a run").target(30),
            Metric.less("parse and compile", "µs"),
            Metric.less("for over 1,000", "ms"),
            Metric.less("for over 100,000", "ms"));

    private Engine() {}

    public static Report measure(Scale scale) {
        Map<String, RunResult> results = new LinkedHashMap<>();
        for (RunResult result : jmh(scale)) {
            results.put(result.getPrimaryResult().getLabel(), result);
        }
        int few = scale.pick(1_000, 10);
        int many = scale.pick(100_000, 100);
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        notes.add("Times are medians.");
        notes.add(
                "Each begins with the event in the form that it works on; ours makes that form of the stored JSON first"
                        + " (once a run, about 2 µs and 6 KB more).");
        notes.add(
                "Both run the same documents but for the language of expressions (JSONata, jq) and give the same result.");
        rows.put(SLUICE, row(results, "sluice", LoopTiming.sluice(few, scale), LoopTiming.sluice(many, scale)));
        LoopTiming.Timed sdkMany = LoopTiming.sdk(many, scale);
        rows.put(SDK, row(results, "sdk", LoopTiming.sdk(few, scale), sdkMany));
        sdkMany.failure().ifPresent(failure -> notes.add("The SDK's for over " + many + " items: " + failure + "."));
        return new Report("engine: one run on one thread, nothing stored", METRICS, rows, List.of(SDK), notes);
    }

    private static List<Double> row(
            Map<String, RunResult> results, String subject, LoopTiming.Timed few, LoopTiming.Timed many) {
        RunResult run = Objects.requireNonNull(results.get(subject + "Run"));
        RunResult compile = Objects.requireNonNull(results.get(subject + "Compile"));
        Result<?> allocated = Objects.requireNonNull(
                run.getSecondaryResults().get("gc.alloc.rate.norm"), "JMH's profiler of allocations");
        return List.of(
                median(run), allocated.getScore() / 1024, median(compile), few.milliseconds(), many.milliseconds());
    }

    /** Not the mean: what the machine does beside would be counted as ours. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static Collection<RunResult> jmh(Scale scale) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(EngineBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .forks(scale.pick(1, 0))
                .warmupIterations(scale.pick(5, 0))
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(scale.pick(5, 1))
                .measurementTime(TimeValue.milliseconds(scale.pick(1_000, 20)))
                .jvmArgs("-Xms512m", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow");
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH", e);
        }
    }
}
