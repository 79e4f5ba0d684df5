package io.sluice.ingress.intake;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.TriggerKind;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.Executor;
import io.sluice.run.queue.NewRun;
import io.sluice.run.store.RunQueueStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Starts what a call means because a person says so: not verified, not filtered, and not compared with others. */
@Singleton
public class CallRuns {

    private final Events events;
    private final RunService runs;
    private final Jdbi jdbi;
    private final Executor executor;

    CallRuns(Events events, RunService runs, Jdbi jdbi, Executor executor) {
        this.events = events;
        this.runs = runs;
        this.jdbi = jdbi;
        this.executor = executor;
    }

    /** @throws ProblemException when the call's body cannot be read as what it says it is */
    public List<UUID> start(Endpoint.Open endpoint, IncomingCall call, String requestedBy) {
        return switch (events.of(endpoint, call, Room.BOUNDLESS)) {
            case Events.Brought.Nothing nothing ->
                throw new ProblemException(
                        ProblemType.RUN_STATE, "This call's body cannot be read as what its headers say it is.");
            case Events.Brought.All(var all, var batch, var weight) -> {
                List<NewRun> fresh = all.stream()
                        .map(event -> runs.newRun(
                                endpoint.deployment(),
                                endpoint.flow(),
                                TriggerKind.REPLAY,
                                event.document(),
                                requestedBy,
                                null))
                        .toList();
                jdbi.useTransaction((Handle handle) -> RunQueueStore.enqueueAll(handle, fresh));
                executor.wake();
                yield fresh.stream().map(NewRun::id).toList();
            }
        };
    }
}
