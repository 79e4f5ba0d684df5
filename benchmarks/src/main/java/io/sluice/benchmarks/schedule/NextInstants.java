package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The next instants of rules on one thread, cron beside cron-utils and Quartz. */
public final class NextInstants {

    private static final List<Metric> METRICS =
            List.of(Metric.more("next instants", "a second").target(1_000_000), Metric.less("allocated", "bytes each"));

    private NextInstants() {}

    public static Report measure(Scale scale) {
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        // JMH has them by the alphabet.
        for (RunResult result : jmh(scale).reversed()) {
            String label = result.getPrimaryResult().getLabel();
            String rule = result.getParams().getParam("rule");
            String name = switch (label) {
                case "sluice" -> "Sluice, ";
                case "cronUtils" -> "cron-utils, ";
                case "quartz" -> "Quartz, ";
                default -> throw new IllegalStateException(label);
            };
            double allocated = Objects.requireNonNull(
                            result.getSecondaryResults().get("gc.alloc.rate.norm"), "JMH's profiler of allocations")
                    .getScore();
            rows.put(name + rule, List.of(median(result), allocated));
        }
        return new Report(
                "next-instants: from moments of ten years in " + RuleState.ZONE,
                METRICS,
                rows,
                List.of(),
                List.of(
                        "Medians on one thread (JMH, one fork each). Each asks for the next after a moment, in the form that"
                                + " it works on: Instant, ZonedDateTime, Date.",
                        "cron-utils and Quartz read the expression in Quartz' form, once, as we read ours.",
                        "Ours also says whether the clock skips or repeats the instant, and leaves out excluded ones."));
    }

    /** Not the mean: what the machine does beside would be counted as ours. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static List<RunResult> jmh(Scale scale) {
        var options = new OptionsBuilder()
                .include(NextInstantsBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .forks(scale.pick(1, 0))
                .warmupIterations(scale.pick(5, 0))
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(scale.pick(5, 1))
                .measurementTime(TimeValue.milliseconds(scale.pick(1_000, 20)))
                .jvmArgs("-Xms256m", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow");
        try {
            return List.copyOf(new Runner(options.build()).run());
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH", e);
        }
    }
}
