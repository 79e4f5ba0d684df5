package io.sluice.benchmarks.queue;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.measure.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Stores all jobs first, then starts the workers and takes the time until the last one has ended. */
public final class Queues {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final List<Metric> METRICS = List.of(
            Metric.more("claim to end", "runs a second").target(3_000),
            Metric.more("enqueue in batches", "runs a second"),
            Metric.less("claim → end p50", "ms"),
            Metric.less("claim → end p99", "ms"));

    private Queues() {}

    public static Report measure(Scale scale) {
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        int jobs = scale.runs(30_000, 10);
        try (Server server = new Server()) {
            measure(SluiceQueue::new, server, jobs, scale, rows);
            measure(DbSchedulerQueue::new, server, jobs, scale, rows);
            measure(JobRunrQueue::new, server, jobs, scale, rows);
        }
        return new Report(
                String.format(java.util.Locale.ROOT, "queue: %,d jobs on PostgreSQL, ", jobs) + JobQueue.WORKERS
                        + " at once",
                METRICS,
                rows,
                List.of("db-scheduler", "JobRunr"),
                List.of(
                        "All jobs are stored first; each executes filter → map → set of 10 items on our engine.",
                        "Sluice also writes three step records a run, its output, and the newest run of 1,000 integrations.",
                        "One PostgreSQL 18 on the same machine with fsync and synchronous_commit on, a pool of 32 for each;"
                                + " log lines are off for all."));
    }

    private static void measure(
            Function<Server, JobQueue> subject, Server server, int jobs, Scale scale, Map<String, List<Double>> rows) {
        try (JobQueue queue = subject.apply(server)) {
            if (!scale.tiny()) {
                round(queue, server, jobs / 5);
            }
            rows.put(queue.name(), round(queue, server, jobs));
        }
    }

    private static List<Double> round(JobQueue queue, Server server, int jobs) {
        long before = System.nanoTime();
        queue.enqueue(jobs);
        double stored = jobs / ((System.nanoTime() - before) / 1e9);
        server.settle();
        long start = System.nanoTime();
        queue.start();
        double done;
        try {
            Waiting.until(queue::isDone, LOOK, LONGEST, queue.name() + " did not end its jobs");
            done = jobs / ((System.nanoTime() - start) / 1e9);
        } finally {
            queue.stop();
        }
        return List.of(
                done,
                stored,
                queue.latency().map(JobQueue.Latency::p50).orElse(Double.NaN),
                queue.latency().map(JobQueue.Latency::p99).orElse(Double.NaN));
    }
}
