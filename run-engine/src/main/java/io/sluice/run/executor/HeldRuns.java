package io.sluice.run.executor;

import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The runs that a worker holds: their leases are renewed, those that somebody wants cancelled are, and their logs are written. */
final class HeldRuns {

    private static final Logger LOG = Logger.getLogger(HeldRuns.class);

    private final String worker;
    private final RunQueue queue;
    private final Duration lease;
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();

    HeldRuns(String worker, RunQueue queue, Duration lease) {
        this.worker = worker;
        this.queue = queue;
        this.lease = lease;
    }

    private record Held(
            long fence, RunControl control, long leasedUntil, AtomicReference<@Nullable RunJournal> journal) {}

    /**
     * Takes a run that was just claimed.
     *
     * @param asked by {@code System.nanoTime}, before the claim
     */
    void take(ClaimedRun run, RunControl control, long asked) {
        long until = asked + lease.toNanos();
        control.leasedUntil(until);
        Held old = held.put(run.id(), new Held(run.fence(), control, until, new AtomicReference<>()));
        if (old != null) {
            // Its lease ran out while its thread lives on: that one must stop.
            old.control().loseLease();
        }
    }

    /**
     * Gives a run other bounds, now that its flow is known.
     *
     * @throws RunStopped.LeaseLost when it is not held any more
     */
    void bound(ClaimedRun run, RunControl control) {
        Held before = held.get(run.id());
        if (before == null || before.fence() != run.fence()) {
            throw new RunStopped.LeaseLost();
        }
        control.leasedUntil(before.leasedUntil());
        if (!held.replace(run.id(), before, new Held(run.fence(), control, before.leasedUntil(), before.journal()))) {
            throw new RunStopped.LeaseLost();
        }
        if (before.control().isLeaseLost()) {
            control.loseLease();
        }
        if (before.control().isCancelled()) {
            control.cancel();
        }
    }

    /** From now on what the journal holds back is written while the run goes on. */
    void watch(ClaimedRun run, RunJournal journal) {
        Held here = held.get(run.id());
        if (here != null && here.fence() == run.fence()) {
            here.journal().set(journal);
        }
    }

    void drop(ClaimedRun run) {
        held.computeIfPresent(run.id(), (id, here) -> here.fence() == run.fence() ? null : here);
    }

    int size() {
        return held.size();
    }

    void cancel(UUID runId) {
        Held here = held.get(runId);
        if (here != null) {
            here.control().cancel();
        }
    }

    /** All of them must stop, and may write nothing more. */
    void loseAll() {
        held.values().forEach(run -> run.control().loseLease());
    }

    /** Cancels what somebody has marked in the database, on whatever replica. */
    void lookForCancelled() {
        if (!held.isEmpty()) {
            queue.cancelled(worker).forEach(this::cancel);
        }
    }

    /** Writes what the journals hold back, so that a running run can be watched. */
    void flush() {
        for (Held here : held.values()) {
            RunJournal journal = here.journal().get();
            if (journal != null) {
                try {
                    journal.flush();
                } catch (RunStopped.LeaseLost e) {
                    here.control().loseLease();
                } catch (RuntimeException e) {
                    // Its own end says more; the logs of the others must not wait for it.
                    LOG.debugf("a log could not be written yet: %s", e.getMessage());
                }
            }
        }
    }

    void renew() {
        // Taken before the look at the database: a run claimed after it is not lost.
        Map<UUID, Held> before = Map.copyOf(held);
        long asked = System.nanoTime();
        Map<UUID, RunQueue.Held> found = queue.renew(worker, lease, before.keySet()).stream()
                .collect(Collectors.toMap(RunQueue.Held::runId, one -> one));
        before.forEach((id, here) -> {
            RunQueue.Held renewed = found.get(id);
            if (renewed == null || renewed.fence() != here.fence()) {
                loseIfStillHeld(id, here);
            } else {
                // Its bounds may have been replaced meanwhile: the lease is the run's, not theirs.
                Held now = held.getOrDefault(id, here);
                now.control().leasedUntil(asked + lease.toNanos());
                if (renewed.cancelRequested()) {
                    now.control().cancel();
                }
            }
        });
    }

    /** A run that ended between the look at the database and now is not lost. */
    private void loseIfStillHeld(UUID id, Held here) {
        Held now = held.get(id);
        if (now != null && now.fence() == here.fence()) {
            now.control().loseLease();
        }
    }
}
