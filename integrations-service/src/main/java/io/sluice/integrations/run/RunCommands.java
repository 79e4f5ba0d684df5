package io.sluice.integrations.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalStart;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.StartRun;
import io.sluice.integrations.deployment.InForce;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.ParameterSchema;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.util.List;
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
    public RunStarted start(Caller caller, UUID integrationId, StartRun wanted) {
        Template template = integrations.templateOf(caller.tenant(), integrationId);
        // Where it polls, the run shares the schedule's cursor, which the scheduler keeps.
        RunOwner owner = template.supportsSchedule() ? RunOwner.SCHEDULER : RunOwner.INGRESS;
        JsonNode event = event(template, owner, wanted);
        inForce.await(owner, integrationId);
        return owners.ask(
                owner, api -> api.start(new InternalStart(caller.tenant(), integrationId, event, caller.name())));
    }

    private static @Nullable JsonNode event(Template template, RunOwner owner, StartRun wanted) {
        JsonNode event = wanted.event() == null && owner == RunOwner.INGRESS ? template.sampleEvent() : wanted.event();
        JsonNode options = wanted.options();
        if (options == null) {
            return event;
        }
        JsonNode schema = template.runOptions();
        if (schema == null) {
            throw ProblemException.field("/options", "this template has nothing to choose for one run");
        }
        List<FieldProblem> violations = ParameterSchema.violations(schema, options, "/options");
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_FIELDS, "The run was not started.", violations);
        }
        if (event != null && !event.isObject()) {
            throw ProblemException.field("/event", "an object, since the options become a member of it");
        }
        ObjectNode both = event == null ? Json.MAPPER.createObjectNode() : ((ObjectNode) event).deepCopy();
        return both.set("options", options);
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
