package io.sluice.run.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.FlowState;
import io.sluice.contract.run.SetState;
import io.sluice.run.expression.Json;
import io.sluice.run.store.ContextStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What flows keep between runs, as its owner sees and sets it. */
@Singleton
public class StateService {

    private static final int LARGEST = 1024 * 1024;

    private final ContextStore contexts;

    public StateService(ContextStore contexts) {
        this.contexts = contexts;
    }

    /** The state; where no run kept anything, version 0 with a null. */
    FlowState get(String tenant, UUID integrationId) {
        return contexts.find(tenant, integrationId).orElseGet(() -> new FlowState(0, NullNode.instance, List.of()));
    }

    /**
     * Sets the value if it is still the one that the person saw.
     *
     * @throws ProblemException 412 when it was changed meanwhile, 409 while a run goes on from it
     */
    FlowState set(String tenant, UUID integrationId, long expectedVersion, SetState request, String person) {
        JsonNode value = value(tenant, integrationId, request);
        return switch (contexts.set(tenant, integrationId, expectedVersion, value, person)) {
            case ContextStore.Changed.Done() -> get(tenant, integrationId);
            case ContextStore.Changed.Stale(var version) ->
                throw new ProblemException(
                        ProblemType.VERSION_CONFLICT,
                        "The state is at version " + version + " by now. Read it again, and decide anew.");
            case ContextStore.Changed.InUse(var run) ->
                throw new ProblemException(
                        ProblemType.RUN_STATE,
                        "Run " + run + " goes on from the present state. Let it end, or cancel it first.");
        };
    }

    private JsonNode value(String tenant, UUID integrationId, SetState request) {
        Long version = request.toVersion();
        JsonNode value = request.value();
        if ((version == null) == (value == null)) {
            throw ProblemException.field("", "exactly one of toVersion and value");
        }
        if (value != null) {
            if (Json.text(value).length() > LARGEST) {
                throw ProblemException.field("/value", "at most " + LARGEST + " characters as JSON");
            }
            return value;
        }
        return get(tenant, integrationId).history().stream()
                .filter(one -> Objects.equals(one.version(), version))
                .map(FlowState.Version::value)
                .findFirst()
                .orElseThrow(() -> ProblemException.field("/toVersion", "one of the versions in history"));
    }
}
