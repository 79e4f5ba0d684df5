package io.sluice.run.executor;

import io.sluice.contract.run.RunError;
import io.sluice.run.flow.Flow;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

    /** Under load, how long free places are gathered before the next claim. */
    private static final Duration GATHER = Duration.ofMillis(2);

    /** Between two looks for runs that somebody wants cancelled; bounds how long that takes from another replica. */
    private static final Duration CANCEL_LOOK = Duration.ofMillis(40);

    /** Between two looks for records that are not written yet; bounds how old a watched log is. */
    private static final Duration FLUSH_LOOK = Duration.ofMillis(250);

    /** Times the concurrency: runs that are executed, or were and have their end written. */
    private static final int OPEN = 4;

    /** Between two claims while somebody else needs the machine more: runs lag then, but none waits for ever. */
    private static final Duration YIELDING = Duration.ofMillis(200);

    private static final Duration YIELD_LOOK = Duration.ofMillis(5);

    /** Attempts beyond the policy's that a run may lose to dying processes. */
    private static final int POISONED_AFTER = 5;

    private final String worker;
    private final RunQueue queue;
    private final Endings endings;
    private final HeldRuns held;
    private final Attempt.Needs needs;
    private final ExecutorSettings settings;

    /** Bounds what is executed, and so the heap. */
    private final Semaphore places;

    /** Bounds what is claimed and not ended: while some ends are being written, other runs are executed. */
    private final Semaphore open;

    private final Semaphore signal = new Semaphore(0);
    private boolean backlog;
    private long claimedAt = System.nanoTime() - YIELDING.toNanos();
    private volatile BooleanSupplier others = () -> false;
    private volatile boolean stopping;
    private volatile @Nullable Thread claiming;
    private volatile boolean stopped;

    /** @param worker a name that no other replica has, nor this one after a restart */
    Executor(String worker, RunQueue queue, Attempt.Needs needs, ExecutorSettings settings) {
        this.worker = worker;
        this.queue = queue;
        this.endings = new Endings(queue);
        this.held = new HeldRuns(worker, queue, settings.lease());
        this.needs = needs;
        this.settings = settings;
        this.places = new Semaphore(settings.concurrency());
        this.open = new Semaphore(settings.concurrency() * OPEN);
    }

    /** Begins to claim. */
    public void start() {
        endings.start();
        claiming = begin("runs-claim", this::claim, Duration.ZERO, () -> stopping);
        begin("runs-renew", held::renew, settings.lease().dividedBy(5), () -> stopped);
        begin("runs-cancel", held::lookForCancelled, CANCEL_LOOK, () -> stopped);
        begin("runs-flush", held::flush, FLUSH_LOOK, () -> stopped);
    }

    /** @param busy whether others on this machine must not be kept waiting now; asked before each claim */
    public void yieldTo(BooleanSupplier busy) {
        others = busy;
    }

    /** Says that a run was queued here just now, so that it need not wait for the next look. */
    public void wake() {
        signal.release();
    }

    /** Cancels a run that is executed here; others see the mark in the database a moment later. */
    public void cancel(UUID runId) {
        held.cancel(runId);
    }

    /** Takes no more runs, lets the running ones end within the grace time, and gives the rest back. Once is enough. */
    public void stop() {
        if (stopped) {
            return;
        }
        stopping = true;
        signal.release();
        long until = System.nanoTime() + settings.grace().toNanos();
        try {
            Thread claim = claiming;
            if (claim != null) {
                // What is being claimed at this moment is given back, too.
                claim.join(settings.grace());
            }
            if (!open.tryAcquire(settings.concurrency() * OPEN, until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.infof("giving back %d runs", held.size());
                held.loseAll();
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

    private static Thread begin(String name, Runnable work, Duration pause, BooleanSupplier over) {
        return Thread.ofVirtual().name(name).start(() -> {
            while (!over.getAsBoolean()) {
                try {
                    work.run();
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException | Error e) {
                    // The database may be away; and whatever it is, this must not end while the service is ready.
                    LOG.warnf("%s failed, trying again: %s", name, e.getMessage());
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                }
            }
        });
    }

    private void claim() {
        if (others.getAsBoolean() && System.nanoTime() - claimedAt < YIELDING.toNanos()) {
            LockSupport.parkNanos(YIELD_LOOK.toNanos());
            return;
        }
        int free = free();
        if (backlog && free < settings.concurrency() / 4) {
            // A moment later there are more: a claim costs the database the same for one as for many.
            LockSupport.parkNanos(GATHER.toNanos());
            free = free();
        }
        long asked = System.nanoTime();
        claimedAt = asked;
        List<ClaimedRun> claimed = free == 0 ? List.of() : queue.claim(worker, settings.lease(), free);
        for (ClaimedRun run : claimed) {
            places.acquireUninterruptibly();
            open.acquireUninterruptibly();
            Limits limits = settings.limits().apply(run.tenant());
            held.take(run, control(limits.longestTimeout(), limits), asked);
            Thread.ofVirtual().name("run-" + run.id()).start(() -> execute(run));
        }
        backlog = free > 0 && claimed.size() == free;
        if (!backlog) {
            await();
        }
    }

    private int free() {
        return Math.min(CLAIM_BATCH, Math.min(places.availablePermits(), open.availablePermits()));
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
        try {
            end(run, executed(run));
        } catch (RunStopped.LeaseLost e) {
            LOG.infof("run %s goes on elsewhere", run.id());
        } finally {
            held.drop(run);
            open.release();
            signal.release();
            MDC.clear();
        }
    }

    /** Leaves its place to the next run before its own end is written. */
    private Attempt.Outcome executed(ClaimedRun run) {
        long begun = System.nanoTime();
        try (RunObserver.Attempted observed = needs.observer().begins(run)) {
            if (run.attempt() > retry(run).attempts() + POISONED_AFTER) {
                return poisoned();
            }
            Flow flow = needs.flows().apply(run.flowDigest());
            RunControl control = control(run, flow);
            Attempt.Outcome outcome = new Attempt(run, control, needs, retry(run))
                    .execute(flow, observed, journal -> held.watch(run, journal));
            observed.ended(outcome.end(), Duration.ofNanos(System.nanoTime() - begun));
            return outcome;
        } catch (RunStopped.LeaseLost e) {
            throw e;
        } catch (RuntimeException e) {
            if (DatabaseAway.is(e)) {
                return new Attempt.Outcome(DatabaseAway.parked(), List.of());
            }
            LOG.errorf(e, "run %s could not be executed", run.id());
            return broken(run, e);
        } finally {
            places.release();
            signal.release();
        }
    }

    /** The flow's own time-out where it has one, bounded by the deployment's. */
    private RunControl control(ClaimedRun run, Flow flow) {
        Limits limits = settings.limits().apply(run.tenant());
        Duration wanted = flow.timeout() == null ? limits.timeout() : flow.timeout();
        Duration time = wanted.compareTo(limits.longestTimeout()) > 0 ? limits.longestTimeout() : wanted;
        RunControl control = control(time, limits);
        held.bound(run, control);
        return control;
    }

    private RunControl control(Duration time, Limits limits) {
        return new RunControl(System::nanoTime, needs.clock(), time, limits, settings.largeRuns());
    }

    private RetryRule retry(ClaimedRun run) {
        return RetryRule.of(run.retry(), settings.attempts(), settings.backoff());
    }

    private static Attempt.Outcome poisoned() {
        RunError error = new RunError(
                "poisoned", 500, "Each attempt ended with its process; the run is not tried again", null, null);
        return new Attempt.Outcome(new RunEnd.Failed(error), List.of());
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

    private void end(ClaimedRun run, Attempt.Outcome outcome) {
        try {
            if (!endings.end(new RunQueue.Ending(run, outcome.end(), outcome.steps()))) {
                LOG.infof("run %s was taken over, its end here counts for nothing", run.id());
                return;
            }
            LOG.infof(
                    "run %s of %s: %s",
                    run.id(), run.template(), outcome.end().getClass().getSimpleName());
        } catch (RuntimeException e) {
            // The lease runs out, and the run goes on with the steps that are stored.
            LOG.warnf("the end of run %s could not be written: %s", run.id(), e.getMessage());
        }
    }
}
