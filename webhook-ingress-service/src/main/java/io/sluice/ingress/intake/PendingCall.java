package io.sluice.ingress.intake;

import io.sluice.run.queue.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verified call that waits to be stored.
 *
 * @param id the call's own
 * @param runs at least one; several for a batch
 * @param window how long its event ids are remembered
 * @param batch whether its sender expects a list of runs
 * @param bytes memory that it takes with all its events, by an estimate
 */
record PendingCall(UUID id, CallCopy call, List<PendingRun> runs, Duration window, boolean batch, long bytes) {

    PendingCall(UUID id, CallCopy call, List<PendingRun> runs, Duration window, boolean batch) {
        this(id, call, runs, window, batch, call.body().length);
    }

    /**
     * A run that the call starts, unless its event is known.
     *
     * @param key the event's id; null when its repetition cannot be told
     */
    record PendingRun(NewRun run, @Nullable String key) {}

    PendingCall {
        runs = List.copyOf(runs);
    }

    /** By which the owner finds the event; of a batch the first one's. */
    Optional<String> eventId() {
        return Optional.ofNullable(runs.getFirst().key());
    }
}
