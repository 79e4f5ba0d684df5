package io.sluice.benchmarks.queue;

import java.util.Optional;

/** What is compared: a durable queue with workers in this process. */
interface JobQueue extends AutoCloseable {

    /** Jobs at once, for all subjects: the default of a replica. */
    int WORKERS = 64;

    String name();

    /** Stores jobs that are due now. */
    void enqueue(int jobs);

    /** Begins to work. */
    void start();

    /** Whether all jobs are in their last state, durably. */
    boolean isDone();

    /** Ends the work, so that more jobs can be stored. */
    void stop();

    /** From claim to last state for the newest jobs, where the queue keeps these times. */
    Optional<Latency> latency();

    /** In milliseconds. */
    record Latency(double p50, double p99) {}

    @Override
    void close();
}
