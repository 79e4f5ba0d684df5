package io.sluice.run.api;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.sluice.run.http.AddressGuard;
import io.sluice.run.http.GatedHttp;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.HttpSender;
import io.sluice.run.http.OutboundLimits;
import io.sluice.run.http.VertxExchange;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.seal.Opener;
import io.sluice.run.store.BulkReplayStore;
import io.sluice.run.store.ContextStore;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.LaneStore;
import io.sluice.run.store.PartitionStore;
import io.sluice.run.store.RunCommandStore;
import io.sluice.run.store.RunOutcomes;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.RunReads;
import io.sluice.run.store.StepLogStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;

/** Wires the plain classes of the engine to Quarkus. */
@ApplicationScoped
public class EngineBeans {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Jdbi jdbi(AgroalDataSource dataSource) {
        Jdbi jdbi = Jdbi.create(dataSource);
        // An error's message must not carry what was bound: events and parameters are not for the log.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    @Produces
    @Singleton
    Opener opener(SealingConfig config) {
        return Opener.of(config.privateKeys());
    }

    @Produces
    @Singleton
    RunIds runIds(RunsConfig config, InstantSource clock, RandomGenerator random) {
        return new RunIds(config.owner(), clock, random);
    }

    /** Typed, so that whoever asks for a sender gets the one with the gate. */
    @Produces
    @Singleton
    @Typed(GuardedHttp.class)
    GuardedHttp guarded(Vertx vertx, OutboundConfig config, InstantSource clock) {
        AddressGuard guard = new AddressGuard(config.allow().orElse(List.of()));
        OutboundLimits limits = new OutboundLimits(
                config.connectTimeout(),
                config.readTimeout(),
                config.maxResponseBytes(),
                config.bodiesInFlight().asLongValue());
        return new GuardedHttp(new VertxExchange(vertx, guard, limits), clock);
    }

    @Produces
    @Singleton
    HttpSender http(
            GuardedHttp guarded,
            OutboundConfig config,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry meters,
            OpenTelemetry telemetry) {
        return new GatedHttp(new TracedHttp(guarded, meters, telemetry), config.gates(), clock, random);
    }

    @Produces
    @Singleton
    @Typed({RunQueue.class, RunQueueStore.class})
    RunQueueStore queue(Jdbi jdbi, QueueGauges gauges, MeterRegistry meters) {
        RunQueueStore queue = new RunQueueStore(jdbi);
        gauges.register(meters, queue);
        return queue;
    }

    @Produces
    @Singleton
    StepLogStore stepLog(Jdbi jdbi) {
        return new StepLogStore(jdbi);
    }

    @Produces
    @Singleton
    RunReads reads(Jdbi jdbi) {
        return new RunReads(jdbi);
    }

    @Produces
    @Singleton
    RunOutcomes outcomes(Jdbi jdbi) {
        return new RunOutcomes(jdbi);
    }

    @Produces
    @Singleton
    RunCommandStore commands(Jdbi jdbi) {
        return new RunCommandStore(jdbi);
    }

    @Produces
    @Singleton
    LaneStore lanes(Jdbi jdbi) {
        return new LaneStore(jdbi);
    }

    @Produces
    @Singleton
    ContextStore contexts(Jdbi jdbi) {
        return new ContextStore(jdbi);
    }

    @Produces
    @Singleton
    BulkReplayStore bulkReplays(Jdbi jdbi) {
        return new BulkReplayStore(jdbi);
    }

    @Produces
    @Singleton
    PartitionStore partitions(Jdbi jdbi) {
        return new PartitionStore(jdbi);
    }

    @Produces
    @Singleton
    FlowStore flows(Jdbi jdbi) {
        return new FlowStore(jdbi);
    }

    @Produces
    @Singleton
    DeploymentStore deployments(Jdbi jdbi) {
        return new DeploymentStore(jdbi);
    }
}
