package io.sluice.integrations.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.InternalStart;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.RunStarted;
import io.sluice.integrations.deployment.InForce;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Run now, cancel and replay, passed on to the service that owns the run. */
@Singleton
public class RunCommands {

    private final IntegrationService integrations;
    private final RunOwners owners;
    private final InForce inForce;

    public RunCommands(IntegrationService integrations, RunOwners owners, InForce inForce) {
        this.integrations = integrations;
        this.owners = owners;
        this.inForce = inForce;
    }

    /** @throws ProblemException when there is no such integration, or the service that would run it is away */
    public RunStarted start(Caller caller, UUID integrationId, @Nullable JsonNode given) {
        Template template = integrations.templateOf(caller.tenant(), integrationId);
        // Where it polls, the run shares the schedule's cursor, which the scheduler keeps.
        RunOwner owner = template.supportsSchedule() ? RunOwner.SCHEDULER : RunOwner.INGRESS;
        JsonNode event = given == null && owner == RunOwner.INGRESS ? template.sampleEvent() : given;
        inForce.await(owner, integrationId);
        return owners.ask(
                owner, api -> api.start(new InternalStart(caller.tenant(), integrationId, event, caller.name())));
    }

    /** @throws ProblemException when there is no such run, or its owner is away */
    public void cancel(Caller caller, UUID runId) {
        owners.ask(RunHistory.owner(runId), api -> {
            api.cancel(runId, caller.tenant(), caller.name());
            return true;
        });
    }

    /** @throws ProblemException when there is no such run, or its owner is away */
    public RunStarted replay(Caller caller, UUID runId, ReplayRun request) {
        return owners.ask(RunHistory.owner(runId), api -> api.replay(runId, caller.tenant(), caller.name(), request));
    }
}
