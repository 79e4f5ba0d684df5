package io.sluice.benchmarks.schedule;

import io.sluice.run.schedule.NextInstant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** The next instant after a moment; JMH calls the methods. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class NextInstantsBenchmark {

    @Benchmark
    public Optional<NextInstant.Fire> sluice(RuleState state) {
        return NextInstant.after(state.spec(), state.moment());
    }

    @Benchmark
    public Optional<ZonedDateTime> cronUtils(CronState state) {
        return state.cronUtils().nextExecution(state.time());
    }

    @Benchmark
    public @Nullable Date quartz(CronState state) {
        return state.quartz().getNextValidTimeAfter(state.date());
    }
}
