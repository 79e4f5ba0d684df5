package io.sluice.run.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalStart;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.executor.Executor;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunCommandStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of runs from outside: start, cancel, replay. */
@ApplicationScoped
public class RunService {

    private final DeploymentStore deployments;
    private final FlowStore flows;
    private final RunCommandStore commands;
    private final RunIds ids;
    private final Executor executor;

    public RunService(
            DeploymentStore deployments, FlowStore flows, RunCommandStore commands, RunIds ids, Executor executor) {
        this.deployments = deployments;
        this.flows = flows;
        this.commands = commands;
        this.ids = ids;
        this.executor = executor;
    }

    /** @throws ProblemException when the integration is not here, or this version cannot run it */
    public RunStarted start(InternalStart request) {
        Deployment deployment = deployed(request.tenant(), request.integrationId());
        return enqueue(newRun(deployment, TriggerKind.MANUAL, request.event(), request.requestedBy(), null));
    }

    /** A run of a deployment's current state, not stored yet. */
    public NewRun newRun(
            Deployment deployment,
            TriggerKind trigger,
            @Nullable JsonNode event,
            @Nullable String requestedBy,
            @Nullable UUID scheduleId) {
        var flow = Objects.requireNonNull(deployment.flow());
        return new NewRun(
                ids.next(),
                deployment.tenant(),
                deployment.integrationId(),
                trigger,
                flow,
                Objects.requireNonNull(deployment.params()),
                event,
                requestedBy,
                null,
                scheduleId,
                flows.flow(flow.digest()).usesContext());
    }

    /** @throws ProblemException when there is no such run */
    public RunStarted replay(String tenant, UUID runId, @Nullable JsonNode event, String requestedBy) {
        RunCommandStore.Source source = commands.source(tenant, runId).orElseThrow(RunService::noRun);
        deployed(tenant, source.integrationId());
        boolean serial = flows.flow(source.flow().digest()).usesContext();
        return enqueue(source.replay(ids.next(), runId, tenant, event, requestedBy, serial));
    }

    /** Asks for a run's end; one that has ended stays as it is. */
    public void cancel(String tenant, UUID runId) {
        if (commands.source(tenant, runId).isEmpty()) {
            throw noRun();
        }
        commands.cancel(tenant, runId);
        executor.cancel(runId);
    }

    private RunStarted enqueue(NewRun run) {
        commands.enqueue(run);
        executor.wake();
        return new RunStarted(run.id());
    }

    private Deployment deployed(String tenant, UUID integrationId) {
        DeploymentStore.Stored stored = deployments
                .find(tenant, integrationId)
                .orElseThrow(() -> ProblemException.unavailable(
                        "The integration is not in force here yet. Try again in a moment.",
                        Duration.ofSeconds(1),
                        null));
        if (stored.problem() != null) {
            throw ProblemException.unavailable(
                    "This version cannot run the integration: " + stored.problem(), Duration.ofMinutes(1), null);
        }
        return stored.deployment();
    }

    private static ProblemException noRun() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
    }
}
