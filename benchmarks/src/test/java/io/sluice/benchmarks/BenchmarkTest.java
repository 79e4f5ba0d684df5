package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
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

    @ParameterizedTest
    @EnumSource
    void measuresWhatItSays(Benchmark benchmark) {
        Report report = benchmark.measure(Scale.TINY);

        assertThat(report.rows()).isNotEmpty().allSatisfy((subject, values) -> {
            assertThat(values).hasSameSizeAs(report.metrics());
            assertThat(values.getFirst()).as(subject).isPositive();
        });
        assertThat(report.rows().keySet()).containsAll(report.peers());
        assertThat(Results.json(benchmark, report, Machine.here(), Instant.EPOCH)
                        .path("measurements"))
                .hasSizeGreaterThanOrEqualTo(report.rows().size());
    }
}
