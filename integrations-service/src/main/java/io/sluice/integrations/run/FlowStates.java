package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.FlowState;
import io.sluice.contract.run.ServiceState;
import io.sluice.contract.run.SetState;
import io.sluice.contract.run.States;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/** What flows keep between runs, asked of the services that run them. */
@Singleton
public class FlowStates {

    private final IntegrationService integrations;
    private final RunOwners owners;

    public FlowStates(IntegrationService integrations, RunOwners owners) {
        this.integrations = integrations;
        this.owners = owners;
    }

    States all(String tenant, UUID integrationId) {
        integrations.get(tenant, integrationId);
        RunOwners.Answers<FlowState> answers = owners.askAll(api -> api.state(integrationId, tenant));
        List<ServiceState> states = answers.found().entrySet().stream()
                .filter(answer -> answer.getValue().version() > 0)
                .map(answer -> ServiceState.of(answer.getKey().wireName(), answer.getValue()))
                .toList();
        return new States(states, answers.unavailable());
    }

    ServiceState get(String tenant, UUID integrationId, String service) {
        integrations.get(tenant, integrationId);
        return ServiceState.of(service, owners.ask(owner(service), api -> api.state(integrationId, tenant)));
    }

    ServiceState set(Caller caller, UUID integrationId, String service, OptionalLong expected, SetState request) {
        integrations.get(caller.tenant(), integrationId);
        RunOwner owner = owner(service);
        long version = expected.orElseGet(() -> owners.ask(owner, api -> api.state(integrationId, caller.tenant()))
                .version());
        return ServiceState.of(
                service,
                owners.ask(
                        owner, api -> api.setState(integrationId, caller.tenant(), caller.name(), version, request)));
    }

    private static RunOwner owner(String service) {
        return Arrays.stream(RunOwner.values())
                .filter(owner -> owner.wireName().equals(service))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "The services are ingress and scheduler."));
    }
}
