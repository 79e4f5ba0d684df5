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
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a watcher what happens to a run, as it happens: by long polls of the service that owns it, so that nothing is
 * kept here, and a watcher that comes back goes on where it stopped.
 */
@Singleton
public class RunWatch {

    private static final String WAIT = "15s";
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** After it a watcher comes back by itself, with its right to watch looked at again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Each holds a call to the run's owner. */
    private static final int WATCHERS = 200;

    private final RunOwners owners;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(WATCHERS);

    public RunWatch(RunOwners owners, InstantSource clock) {
        this.owners = owners;
        this.clock = clock;
    }

    /** Who watches, and by what. */
    record Watcher(SseEventSink events, Sse sse) {

        boolean send(OutboundSseEvent event) {
            try {
                // A reader that does not read is gone.
                events.send(event)
                        .toCompletableFuture()
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
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
     * @throws ProblemException when there is no such run, its owner is away, or too many watch
     */
    Begun begin(String tenant, UUID runId, long after) {
        RunOwner owner = RunHistory.owner(runId);
        if (places.availablePermits() == 0) {
            throw ProblemException.unavailable(
                    "Too many runs are being watched here now. Try again in a moment.", AGAIN, null);
        }
        return new Begun(
                owner, tenant, runId, after, owners.ask(owner, api -> api.progress(runId, tenant, after, null, null)));
    }

    /** Returns when the run has ended, nobody watches any more, or it is time to come back. */
    void follow(Begun begun, Watcher watcher) {
        if (!places.tryAcquire()) {
            return;
        }
        try {
            followed(begun, watcher);
        } finally {
            places.release();
        }
    }

    private void followed(Begun begun, Watcher watcher) {
        Instant until = clock.instant().plus(LONGEST);
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
            if (over || clock.instant().isAfter(until)) {
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
