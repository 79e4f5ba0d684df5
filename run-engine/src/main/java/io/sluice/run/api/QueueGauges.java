package io.sluice.run.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.RunReads;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

/** How full the queue is, asked of the database at most once in a while, however often it is scraped. */
@Singleton
public class QueueGauges {

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final RunReads reads;
    private final InstantSource clock;
    private RunReads.QueueDepth depth = RunReads.QueueDepth.UNKNOWN;
    private Instant asked = Instant.MIN;

    public QueueGauges(RunReads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    void register(MeterRegistry meters, RunQueueStore queue) {
        gauge(meters, "sluice.queue.depth", "Runs that wait", RunReads.QueueDepth::waiting);
        gauge(meters, "sluice.queue.due", "Runs that wait and could go", RunReads.QueueDepth::due);
        gauge(meters, "sluice.queue.parked.keys", "Keys whose event failed for good", RunReads.QueueDepth::parkedKeys);
        gauge(meters, "sluice.runs.running", "Runs that a replica holds", RunReads.QueueDepth::running);
        Gauge.builder("sluice.queue.oldest.age", this, gauges -> gauges.depth().oldestDueSeconds())
                .description("How long the oldest run that could go has waited")
                .baseUnit("seconds")
                .register(meters);
        FunctionCounter.builder("sluice.runs.taken.over", queue, RunQueueStore::takenOver)
                .description("Runs of dead workers that were made due again by this replica")
                .register(meters);
    }

    private void gauge(
            MeterRegistry meters, String name, String description, ToDoubleFunction<RunReads.QueueDepth> value) {
        Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.depth()))
                .description(description)
                .register(meters);
    }

    /** Not a number while the database is away. */
    private synchronized RunReads.QueueDepth depth() {
        Instant now = clock.instant();
        if (asked.isBefore(now.minus(KEPT))) {
            asked = now;
            try {
                depth = reads.depth();
            } catch (RuntimeException e) {
                depth = RunReads.QueueDepth.UNKNOWN;
            }
        }
        return depth;
    }
}
