package io.sluice.run.executor;

import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpSender;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.StepLogStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** Makes and moves a replica's executor. */
public final class ExecutorFactory {

    private ExecutorFactory() {}

    /** An executor that is not started yet. */
    public static Executor create(
            RunQueue queue,
            StepLogStore steps,
            FlowStore flows,
            BiFunction<ClaimedRun, String, Optional<Credential>> credentials,
            Outside outside,
            ExecutorSettings settings) {
        Attempt.Needs needs = new Attempt.Needs(
                flows::flow, credentials, outside.http(), steps, outside.clock(), outside.random(), outside.observer());
        return new Executor(UUID.randomUUID().toString(), queue, needs, settings);
    }

    /** The world beyond the database. */
    public record Outside(HttpSender http, InstantSource clock, RandomGenerator random, RunObserver observer) {

        /** A world where nobody looks. */
        public Outside(HttpSender http, InstantSource clock, RandomGenerator random) {
            this(http, clock, random, RunObserver.NONE);
        }
    }
}
