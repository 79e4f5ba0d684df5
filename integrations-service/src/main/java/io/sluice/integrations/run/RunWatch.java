package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunProgress;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a watcher what happens to a run, as it happens: by long polls of the service that owns it, so that nothing is
 * kept here, and a watcher that comes back goes on where it stopped.
 */
@Singleton
public class RunWatch {

    private static final String WAIT = "15s";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final RunOwners owners;

    public RunWatch(RunOwners owners) {
        this.owners = owners;
    }

    /** Who watches, and by what. */
    record Watcher(SseEventSink events, Sse sse) {

        boolean send(OutboundSseEvent event) {
            try {
                events.send(event).toCompletableFuture().join();
                return !events.isClosed();
            } catch (CompletionException | IllegalStateException e) {
                // Gone: nobody is told of it.
                return false;
            }
        }

        boolean step(Step step) {
            return send(sse.newEventBuilder()
                    .id(String.valueOf(step.seq()))
                    .name("step")
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(Step.class, step)
                    .build());
        }

        boolean run(Run run) {
            return send(sse.newEventBuilder()
                    .name("run")
                    .mediaType(MediaType.APPLICATION_JSON_TYPE)
                    .data(Run.class, run)
                    .build());
        }

        /** Keeps proxies from closing what is silent. */
        boolean alive() {
            return send(sse.newEventBuilder().comment("waiting").build());
        }
    }

    /** A run as it is when somebody begins to watch it. */
    record Begun(RunOwner owner, String tenant, UUID runId, long after, RunProgress progress) {}

    /**
     * The first look.
     *
     * @param after the last step that the watcher has seen
     * @throws ProblemException when there is no such run or its owner is away
     */
    Begun begin(String tenant, UUID runId, long after) {
        RunOwner owner = RunHistory.owner(runId);
        return new Begun(
                owner, tenant, runId, after, owners.ask(owner, api -> api.progress(runId, tenant, after, null, null)));
    }

    /** Returns when the run has ended, or nobody watches any more. */
    void follow(Begun begun, Watcher watcher) {
        RunProgress progress = begun.progress();
        long position = begun.after();
        @Nullable RunStatus told = null;
        while (true) {
            for (Step step : progress.steps()) {
                if (!watcher.step(step)) {
                    return;
                }
            }
            boolean more = !progress.steps().isEmpty();
            position = progress.position();
            Run run = progress.run();
            boolean over = run.status().isFinal() && !more;
            if (run.status() != told && (over || !run.status().isFinal())) {
                told = run.status();
                if (!watcher.run(run)) {
                    return;
                }
            } else if (!more && !watcher.alive()) {
                return;
            }
            if (over) {
                return;
            }
            progress = next(begun, new Known(position, run, more), watcher);
            if (progress == null) {
                return;
            }
        }
    }

    private record Known(long position, Run run, boolean more) {}

    /** The next news; null when nobody watches any more. */
    private @Nullable RunProgress next(Begun begun, Known known, Watcher watcher) {
        while (true) {
            try {
                // A run that has ended has no more news: do not wait for them.
                String wait = known.more() ? null : WAIT;
                return owners.ask(
                        begun.owner(),
                        api -> api.progress(
                                begun.runId(),
                                begun.tenant(),
                                known.position(),
                                known.run().status().wireName(),
                                wait));
            } catch (ProblemException e) {
                if (e.type() != ProblemType.UNAVAILABLE || !watcher.alive() || !paused()) {
                    return null;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
