package io.sluice.run.executor;

import io.sluice.contract.run.RunError;
import io.sluice.run.flow.Flow;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Claims due runs and executes each on a virtual thread of its own. Work is claim (one short transaction), act (none),
 * end (one short transaction, checked against the claim's fence).
 */
public final class Executor {

    private static final Logger LOG = Logger.getLogger(Executor.class);
    private static final int CLAIM_BATCH = 64;

    /** Between two looks for runs that somebody wants cancelled; bounds how long that takes from another replica. */
    private static final Duration CANCEL_LOOK = Duration.ofMillis(40);

    /** Between two looks for records that are not written yet; bounds how old a watched log is. */
    private static final Duration FLUSH_LOOK = Duration.ofMillis(250);

    /** Attempts beyond the policy's that a run may lose to dying processes. */
    private static final int POISONED_AFTER = 5;

    private final String worker;
    private final RunQueue queue;
    private final Endings endings;
    private final Attempt.Needs needs;
    private final ExecutorSettings settings;
    private final Semaphore places;
    private final Semaphore signal = new Semaphore(0);
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private volatile @Nullable Thread claiming;
    private volatile boolean stopped;

    /** @param worker a name that no other replica has, nor this one after a restart */
    Executor(String worker, RunQueue queue, Attempt.Needs needs, ExecutorSettings settings) {
        this.worker = worker;
        this.queue = queue;
        this.endings = new Endings(queue);
        this.needs = needs;
        this.settings = settings;
        this.places = new Semaphore(settings.concurrency());
    }

    private record Running(
            long fence, RunControl control, long leasedUntil, AtomicReference<@Nullable RunJournal> journal) {}

    /** Begins to claim. */
    public void start() {
        endings.start();
        claiming =
                Thread.ofVirtual().name("runs-claim").start(() -> forever(this::claim, Duration.ZERO, () -> stopping));
        Thread.ofVirtual()
                .name("runs-renew")
                .start(() -> forever(this::renew, settings.lease().dividedBy(5), () -> stopped));
        Thread.ofVirtual().name("runs-cancel").start(() -> forever(this::lookForCancelled, CANCEL_LOOK, () -> stopped));
        Thread.ofVirtual().name("runs-flush").start(() -> forever(this::flush, FLUSH_LOOK, () -> stopped));
    }

    /** Says that a run was queued here just now, so that it need not wait for the next look. */
    public void wake() {
        signal.release();
    }

    /** Cancels a run that is executed here; others see the mark in the database a moment later. */
    public void cancel(UUID runId) {
        Running here = running.get(runId);
        if (here != null) {
            here.control().cancel();
        }
    }

    /** Takes no more runs, lets the running ones end within the grace time, and gives the rest back. */
    public void stop() {
        stopping = true;
        signal.release();
        long until = System.nanoTime() + settings.grace().toNanos();
        try {
            Thread claim = claiming;
            if (claim != null) {
                // What is being claimed at this moment is given back, too.
                claim.join(settings.grace());
            }
            if (!places.tryAcquire(settings.concurrency(), until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.infof("giving back %d runs", running.size());
                running.values().forEach(run -> run.control().loseLease());
            }
            queue.giveBack(worker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("runs could not be given back, their leases run out instead: %s", e.getMessage());
        } finally {
            // Only now: until here leases were renewed, so that nobody took over what was still running.
            stopped = true;
        }
    }

    private static void forever(Runnable work, Duration pause, BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            try {
                work.run();
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // The database may be away; and whatever it is, claiming must not end while the service is ready.
                LOG.warnf("looking for runs failed, trying again: %s", e.getMessage());
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofSeconds(1).toNanos());
            }
        }
    }

    private void claim() {
        int free = Math.min(CLAIM_BATCH, places.availablePermits());
        long asked = System.nanoTime();
        List<ClaimedRun> claimed = free == 0 ? List.of() : queue.claim(worker, settings.lease(), free);
        for (ClaimedRun run : claimed) {
            places.acquireUninterruptibly();
            RunControl control = new RunControl(
                    System::nanoTime, settings.longestTimeout(), settings.steps(), settings.expressionNodes());
            control.leasedUntil(asked + settings.lease().toNanos());
            Running old = running.put(
                    run.id(),
                    new Running(run.fence(), control, asked + settings.lease().toNanos(), new AtomicReference<>()));
            if (old != null) {
                // Its lease ran out while its thread lives on: that one must stop.
                old.control().loseLease();
            }
            Thread.ofVirtual().name("run-" + run.id()).start(() -> execute(run));
        }
        if (claimed.size() < CLAIM_BATCH) {
            await();
        }
    }

    private void await() {
        try {
            if (signal.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void execute(ClaimedRun run) {
        MDC.put("runId", run.id().toString());
        MDC.put("tenant", run.tenant());
        MDC.put("integration", run.integrationId().toString());
        long begun = System.nanoTime();
        try (RunObserver.Attempted observed = needs.observer().begins(run)) {
            if (run.attempt() > retry(run).attempts() + POISONED_AFTER) {
                end(run, poisoned());
                return;
            }
            Flow flow = needs.flows().apply(run.flowDigest());
            RunControl control = control(run, flow);
            Attempt.Outcome outcome = new Attempt(run, control, needs, retry(run))
                    .execute(flow, observed, journal -> watch(run, journal));
            observed.ended(outcome.end(), Duration.ofNanos(System.nanoTime() - begun));
            end(run, outcome);
        } catch (RunStopped.LeaseLost e) {
            LOG.infof("run %s goes on elsewhere", run.id());
        } catch (RuntimeException e) {
            LOG.errorf(e, "run %s could not be executed", run.id());
            end(run, broken(run, e));
        } finally {
            running.computeIfPresent(run.id(), (id, here) -> here.fence() == run.fence() ? null : here);
            places.release();
            signal.release();
            MDC.clear();
        }
    }

    /** The flow's own time-out where it has one, bounded by the deployment's. */
    private RunControl control(ClaimedRun run, Flow flow) {
        Duration wanted = flow.timeout() == null ? settings.timeout() : flow.timeout();
        Duration time = wanted.compareTo(settings.longestTimeout()) > 0 ? settings.longestTimeout() : wanted;
        RunControl control = new RunControl(System::nanoTime, time, settings.steps(), settings.expressionNodes());
        Running before = running.get(run.id());
        if (before == null || before.fence() != run.fence()) {
            throw new RunStopped.LeaseLost();
        }
        control.leasedUntil(before.leasedUntil());
        if (!running.replace(
                run.id(), before, new Running(run.fence(), control, before.leasedUntil(), before.journal()))) {
            throw new RunStopped.LeaseLost();
        }
        if (before.control().isLeaseLost()) {
            control.loseLease();
        }
        return control;
    }

    private static Attempt.Outcome poisoned() {
        return new Attempt.Outcome(
                new RunEnd.Failed(new RunError(
                        "poisoned",
                        500,
                        "Each attempt ended with its process; the run is not tried again",
                        null,
                        null)),
                List.of());
    }

    private Attempt.Outcome broken(ClaimedRun run, RuntimeException e) {
        RunError error = new RunError(
                "internal", 500, "The run could not be executed", e.getClass().getSimpleName(), null);
        RunEnd end = retry(run)
                .pause(run.attempt(), error)
                .<RunEnd>map(pause -> new RunEnd.Again(pause, error))
                .orElseGet(() -> new RunEnd.Failed(error));
        return new Attempt.Outcome(end, List.of());
    }

    private RetryRule retry(ClaimedRun run) {
        return RetryRule.of(run.retry(), settings.attempts(), settings.backoff());
    }

    private void watch(ClaimedRun run, RunJournal journal) {
        Running here = running.get(run.id());
        if (here != null && here.fence() == run.fence()) {
            here.journal().set(journal);
        }
    }

    /** Writes what the journals hold back, so that a running run can be watched. */
    private void flush() {
        for (Running here : running.values()) {
            RunJournal journal = here.journal().get();
            if (journal != null) {
                try {
                    journal.flush();
                } catch (RunStopped.LeaseLost e) {
                    here.control().loseLease();
                }
            }
        }
    }

    private void lookForCancelled() {
        if (!running.isEmpty()) {
            queue.cancelled(worker).forEach(this::cancel);
        }
    }

    private void end(ClaimedRun run, Attempt.Outcome outcome) {
        try {
            if (!endings.end(new RunQueue.Ending(run, outcome.end(), outcome.steps()))) {
                LOG.infof("run %s was taken over, its end here counts for nothing", run.id());
                return;
            }
            LOG.infof(
                    "run %s of %s: %s",
                    run.id(), run.template(), outcome.end().getClass().getSimpleName());
        } catch (RunStopped.LeaseLost e) {
            LOG.infof("run %s was taken over, its end here counts for nothing", run.id());
        } catch (RuntimeException e) {
            // The lease runs out, and the run goes on with the steps that are stored.
            LOG.warnf("the end of run %s could not be written: %s", run.id(), e.getMessage());
        }
    }

    private void renew() {
        // Taken before the look at the database: a run claimed after it is not lost.
        Map<UUID, Running> before = Map.copyOf(running);
        long asked = System.nanoTime();
        Map<UUID, RunQueue.Held> held = queue.renew(worker, settings.lease(), before.keySet()).stream()
                .collect(Collectors.toMap(RunQueue.Held::runId, h -> h));
        before.forEach((id, here) -> {
            RunQueue.Held found = held.get(id);
            if (found == null || found.fence() != here.fence()) {
                loseIfStillRunning(id, here);
            } else {
                here.control().leasedUntil(asked + settings.lease().toNanos());
                if (found.cancelRequested()) {
                    here.control().cancel();
                }
            }
        });
    }

    /** A run that ended between the look at the database and now is not lost. */
    private void loseIfStillRunning(UUID id, Running here) {
        Running now = running.get(id);
        if (now != null && now.fence() == here.fence()) {
            here.control().loseLease();
        }
    }
}
