package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each benchmark still works, peers included; how fast is none of a test's business. */
class BenchmarkTest {

    private static final Logger ROOT = Logger.getLogger("");

    @BeforeAll
    static void withoutALineForEachRun() {
        ROOT.setLevel(Level.WARNING);
    }

    private static boolean isPackaged(Benchmark benchmark) {
        String module = benchmark.name().startsWith("INGRESS")
                ? "webhook-ingress-service"
                : benchmark.name().startsWith("SCHEDULES") ? "scheduler-service" : "";
        return module.isEmpty() || Files.exists(Path.of("..", module, "target/quarkus-app/quarkus-run.jar"));
    }

    @ParameterizedTest
    @EnumSource
    void measuresWhatItSays(Benchmark benchmark) {
        // The service is packaged by another module: a build of this one alone, or one that packages nothing, has none.
        assumeTrue(isPackaged(benchmark), "the service is not packaged");

        Report report = benchmark.measure(Scale.TINY);

        assertThat(report.rows()).isNotEmpty().allSatisfy((subject, values) -> {
            assertThat(values).hasSameSizeAs(report.metrics());
            // What a machine does not have is no number, and its row says so.
            assertThat(values.getFirst()).as(subject).matches(value -> value > 0 || subject.contains("not measured"));
        });
        assertThat(report.rows().keySet()).containsAll(report.peers());
        assertThat(Results.json(benchmark, report, Machine.here(), Instant.EPOCH)
                        .path("measurements"))
                .hasSizeGreaterThanOrEqualTo(report.rows().size());
    }
}
