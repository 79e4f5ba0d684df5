package io.sluice.run.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalStart;
import io.sluice.contract.run.KeyReleased;
import io.sluice.contract.run.ReleaseKey;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.executor.Executor;
import io.sluice.run.flow.Flow;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.LaneStore;
import io.sluice.run.store.RunCommandStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of runs from outside: start, cancel, replay. */
@ApplicationScoped
public class RunService {

    private final DeploymentStore deployments;
    private final FlowStore flows;
    private final RunCommandStore commands;
    private final LaneStore lanes;
    private final RunTerms terms;
    private final RunIds ids;
    private final Executor executor;

    public RunService(
            DeploymentStore deployments,
            FlowStore flows,
            RunCommandStore commands,
            LaneStore lanes,
            RunTerms terms,
            RunIds ids,
            Executor executor) {
        this.deployments = deployments;
        this.flows = flows;
        this.commands = commands;
        this.lanes = lanes;
        this.terms = terms;
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
        FlowRef ref = Objects.requireNonNull(deployment.flow());
        return newRun(deployment, flows.flow(ref.digest()), trigger, event, requestedBy, scheduleId);
    }

    /** The same, where the caller has the compiled flow at hand: asks nobody. */
    public NewRun newRun(
            Deployment deployment,
            Flow compiled,
            TriggerKind trigger,
            @Nullable JsonNode event,
            @Nullable String requestedBy,
            @Nullable UUID scheduleId) {
        FlowRef flow = Objects.requireNonNull(deployment.flow());
        return new NewRun(
                ids.next(),
                deployment.tenant(),
                deployment.integrationId(),
                trigger,
                flow,
                Objects.requireNonNull(deployment.params()),
                event,
                requestedBy,
                scheduleId,
                null,
                terms.of(deployment, compiled, event));
    }

    /** @throws ProblemException when there is no such run, or it has no such step */
    public RunStarted replay(String tenant, UUID runId, ReplayRun request, String requestedBy) {
        boolean sameCalls = request.fromStep() != null && request.event() == null;
        NewRun run = repeated(tenant, runId, request.event(), sameCalls, requestedBy);
        if (request.fromStep() == null) {
            commands.enqueue(run);
        } else if (!commands.resume(
                run, request.fromStep(), flows.flow(run.flow().digest()).hasTask(request.fromStep()))) {
            throw ProblemException.field(
                    "/fromStep", "the run has no such step: pass the visit, pointer or name of one of its steps");
        }
        executor.wake();
        return new RunStarted(run.id());
    }

    /** The same of any run, with the stored event. */
    NewRun repeated(String tenant, UUID runId, boolean sameCalls, String requestedBy) {
        return repeated(tenant, runId, null, sameCalls, requestedBy);
    }

    /**
     * A run that repeats another one, on today's terms, with the flow and parameters of then; not stored yet.
     *
     * @param otherEvent null for the stored one
     * @param sameCalls whether its calls keep the Idempotency-Keys
     */
    private NewRun repeated(
            String tenant, UUID runId, @Nullable JsonNode otherEvent, boolean sameCalls, String requestedBy) {
        RunCommandStore.Source source = commands.source(tenant, runId).orElseThrow(RunService::noRun);
        Deployment deployment = deployed(tenant, source.integrationId());
        JsonNode event = otherEvent == null ? source.event() : otherEvent;
        UUID id = ids.next();
        return new NewRun(
                id,
                tenant,
                source.integrationId(),
                TriggerKind.REPLAY,
                source.flow(),
                source.params(),
                event,
                requestedBy,
                null,
                new NewRun.Replay(runId, sameCalls ? source.keyRoot() : id),
                terms.of(deployment, flows.flow(source.flow().digest()), event));
    }

    /**
     * Lets a parked key go on.
     *
     * @throws ProblemException when the key is not parked
     */
    public KeyReleased release(String tenant, UUID integrationId, ReleaseKey request, String requestedBy) {
        Optional<UUID> retried = Optional.empty();
        boolean released = switch (request.action()) {
            case RETRY -> {
                retried = lanes.retry(
                        tenant, integrationId, request.key(), run -> repeated(tenant, run, true, requestedBy));
                yield retried.isPresent();
            }
            case SKIP -> lanes.skip(tenant, integrationId, request.key());
            case DROP -> lanes.drop(tenant, integrationId, request.key());
        };
        if (!released) {
            throw new ProblemException(ProblemType.NOT_FOUND, "The key is not parked.");
        }
        executor.wake();
        return new KeyReleased(request.key(), retried.orElse(null));
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

    /** @throws ProblemException when the integration is not here, or this version cannot run it */
    void requireDeployed(String tenant, UUID integrationId) {
        deployed(tenant, integrationId);
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
