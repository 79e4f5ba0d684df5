package io.sluice.run.api;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.run.deployment.Credentials;
import io.sluice.run.executor.Executor;
import io.sluice.run.executor.ExecutorFactory;
import io.sluice.run.executor.ExecutorSettings;
import io.sluice.run.http.HttpSender;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.seal.Opener;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.StepLogStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Starts the executor with the service and stops it with it. */
@ApplicationScoped
public class EngineLife {

    @Produces
    @Singleton
    Credentials credentials(DeploymentStore deployments, Opener opener) {
        return new Credentials(deployments, opener);
    }

    @Produces
    @Singleton
    ExecutorFactory.Outside outside(
            HttpSender http, InstantSource clock, RandomGenerator random, RunTelemetry telemetry) {
        return new ExecutorFactory.Outside(http, clock, random, telemetry);
    }

    @Produces
    @Singleton
    Executor executor(
            RunQueue queue,
            StepLogStore steps,
            FlowStore flows,
            Credentials credentials,
            ExecutorFactory.Outside outside,
            RunsConfig config) {
        return ExecutorFactory.create(
                queue,
                steps,
                flows,
                (run, slot) -> credentials.of(run.tenant(), run.integrationId(), slot),
                outside,
                settings(config));
    }

    void start(@Observes StartupEvent event, Executor executor, RetentionJob retention, BulkReplays replays) {
        retention.start();
        executor.start();
        replays.start();
    }

    void stop(@Observes ShutdownEvent event, Executor executor) {
        executor.stop();
    }

    private static ExecutorSettings settings(RunsConfig config) {
        return new ExecutorSettings(
                config.concurrency(),
                config.lease(),
                config.poll(),
                config.attempts(),
                config.backoff(),
                config.grace(),
                TenantLimits.of(config.limits(), config.tenants()),
                new LargeRuns(config.largeRuns(), config.shareBytes().asLongValue()));
    }
}
