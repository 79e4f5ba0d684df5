package io.sluice.ingress.traffic;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.endpoint.EndpointStore;
import io.sluice.ingress.intake.CallRuns;
import io.sluice.ingress.intake.IncomingCall;
import io.sluice.run.api.RunService;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Starts once more what a call has started; what a refused or filtered one would have started, it starts now. */
@Singleton
class CallReplays {

    private final CallReads calls;
    private final EndpointStore endpoints;
    private final RunService runs;
    private final CallRuns callRuns;

    CallReplays(CallReads calls, EndpointStore endpoints, RunService runs, CallRuns callRuns) {
        this.calls = calls;
        this.endpoints = endpoints;
        this.runs = runs;
        this.callRuns = callRuns;
    }

    /** @throws ProblemException when the call is not kept, not whole, or its endpoint cannot be served here */
    List<UUID> replay(String tenant, UUID integrationId, UUID callId, String requestedBy) {
        CallReads.Kept kept = calls.find(tenant, integrationId, callId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such call, or it is not kept any more."));
        if (kept.call().outcome() == CallOutcome.ACCEPTED || kept.call().outcome() == CallOutcome.DUPLICATE) {
            List<UUID> replayed = new ArrayList<>();
            for (UUID run : kept.call().runIds()) {
                replayed.add(runs.replay(tenant, run, new ReplayRun(null, null), requestedBy)
                        .runId());
            }
            return replayed;
        }
        if (kept.isCut()) {
            throw new ProblemException(
                    ProblemType.RUN_STATE,
                    "Only the beginning of this call's body was kept, so it cannot be repeated. Ask its sender to send it again.");
        }
        Endpoint endpoint = endpoints
                .of(tenant, integrationId)
                .orElseThrow(() -> ProblemException.unavailable(
                        "The integration's webhook is not in force here yet. Try again in a moment.",
                        Duration.ofSeconds(1),
                        null));
        if (!(endpoint instanceof Endpoint.Open open)) {
            throw ProblemException.unavailable(
                    "This version cannot serve the integration's webhook.", Duration.ofMinutes(1), null);
        }
        return callRuns.start(open, incoming(kept), requestedBy);
    }

    private static IncomingCall incoming(CallReads.Kept kept) {
        return new IncomingCall(
                kept.call().method(),
                "",
                Objects.requireNonNullElse(kept.call().query(), ""),
                kept.headers(),
                kept.body(),
                kept.call().sender(),
                kept.call().receivedAt());
    }
}
