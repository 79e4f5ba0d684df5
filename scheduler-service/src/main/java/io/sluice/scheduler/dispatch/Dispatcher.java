package io.sluice.scheduler.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.DatabaseAway;
import io.sluice.run.executor.Executor;
import io.sluice.run.queue.NewRun;
import io.sluice.run.schedule.CatchUpPolicy;
import io.sluice.run.schedule.OverlapPolicy;
import io.sluice.run.store.RunQueueStore;
import io.sluice.run.store.SqlState;
import io.sluice.scheduler.schedule.Clockwork;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Fires what is due. Any number of replicas may do so at once: each instant is claimed by one, and has one outcome. */
@Singleton
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int BATCH = 500;

    /** So many late instants of one schedule start in the same commit where nothing is to be between them. */
    private static final int AT_ONCE = 10;

    private static final Duration BLOCKED = Duration.ofMillis(500);

    /** Clocks of transactions differ a little: a row may come to be due behind the first that was seen. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final DueStore due;
    private final Known known;
    private final Judge judge;
    private final RunService runs;
    private final Executor executor;
    private final Timer lag;
    private final Counter fired;
    private volatile @Nullable Instant floor;
    private volatile boolean behind;

    Dispatcher(
            Jdbi jdbi,
            DueStore due,
            Known known,
            Judge judge,
            RunService runs,
            Executor executor,
            MeterRegistry meters) {
        this.jdbi = jdbi;
        this.due = due;
        this.known = known;
        this.judge = judge;
        this.runs = runs;
        this.executor = executor;
        // When an instant fires is promised, when its run goes on is not.
        executor.yieldTo(() -> behind);
        this.lag = Timer.builder("sluice.schedule.lag")
                .description("How late instants are fired, their jitter left out")
                .publishPercentiles(0.5, 0.99, 0.999)
                .register(meters);
        this.fired = Counter.builder("sluice.schedule.fired")
                .description("Schedules whose instant was dealt with")
                .register(meters);
    }

    /** @return how many schedules were due; as many as a batch holds when there are more */
    public int dispatchDue() {
        return dispatch(null);
    }

    /** The same, looking only where something can have come to be due since the last time. */
    int dispatchLately() {
        return dispatch(floor);
    }

    private int dispatch(@Nullable Instant from) {
        int claimed = allAtOnce(from);
        if (claimed < 0) {
            claimed = oneByOne();
        }
        if (claimed > 0) {
            fired.increment(claimed);
            executor.wake();
        }
        return claimed;
    }

    /** @return how many there were; negative when one of them keeps the others from being written */
    private int allAtOnce(@Nullable Instant from) {
        try {
            return jdbi.inTransaction(handle -> {
                List<DueSchedule> schedules = due.claim(handle, BATCH, from);
                if (schedules.isEmpty()) {
                    return 0;
                }
                Known.Batch batch = known.batch(handle, schedules);
                Firings firings = new Firings();
                schedules.forEach(schedule -> guarded(handle, batch, schedule, firings));
                firings.write(handle);
                floor = schedules.getFirst().dueAt().minus(BEHIND);
                return schedules.size();
            });
        } catch (RuntimeException e) {
            if (DatabaseAway.is(e)) {
                throw e;
            }
            LOG.debugf("a batch of schedules is fired one by one: %s", e.getMessage());
            return -1;
        }
    }

    /** One schedule that cannot be fired must not keep the others of its batch from it: each in a commit of its own. */
    private int oneByOne() {
        int done = 0;
        while (done < BATCH && one()) {
            done++;
        }
        return done;
    }

    private boolean one() {
        return jdbi.inTransaction(handle -> {
            List<DueSchedule> schedules = due.claim(handle, 1, null);
            if (schedules.isEmpty()) {
                return false;
            }
            DueSchedule schedule = schedules.getFirst();
            handle.savepoint("schedule");
            try {
                Firings firings = new Firings();
                guarded(handle, known.batch(handle, schedules), schedule, firings);
                firings.write(handle);
                handle.releaseSavepoint("schedule");
            } catch (RuntimeException e) {
                if (isPassing(e)) {
                    throw e;
                }
                LOG.errorf(e, "schedule %s could not be fired", schedule.id());
                handle.rollbackToSavepoint("schedule");
                failed(
                        handle,
                        schedule,
                        "it could not be stored: " + e.getClass().getSimpleName());
            }
            return true;
        });
    }

    /** Deadlocks, timeouts, and a database that is away say nothing against the schedule: the next look tries again. */
    private static boolean isPassing(RuntimeException thrown) {
        return DatabaseAway.is(thrown)
                || SqlState.of(thrown)
                        .filter(state -> state.matches("(40|57|08).*|55P03"))
                        .isPresent();
    }

    /** @param more whether there is more to fire than one look takes */
    void isBehind(boolean more) {
        behind = more;
    }

    /** All due rows are looked at once more: some may have been set far back. */
    void lookFurther() {
        floor = null;
    }

    /** Before which nothing is due, as far as this replica has seen. */
    @Nullable
    Instant floor() {
        return floor;
    }

    /** Whether there may be more at once. */
    boolean isFull(int claimed) {
        return claimed == BATCH;
    }

    private void guarded(Handle handle, Known.Batch batch, DueSchedule schedule, Firings firings) {
        try {
            fire(handle, batch, schedule, firings);
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("schedule %s is paused: %s", schedule.id(), reason(e));
            failed(handle, schedule, reason(e));
        }
    }

    /** Not understood: by this version, or no more since a zone's rules have changed. A person has to look at it. */
    private void failed(Handle handle, DueSchedule schedule, String reason) {
        Firings failure = new Firings();
        failure.outcome(new Firings.Outcome(
                schedule.id(), schedule.nominalAt(), "failed", reason, null, schedule.dueAt(), null));
        failure.write(handle);
        due.pause(handle, schedule, "It could not be fired: " + reason);
    }

    private void fire(Handle handle, Known.Batch batch, DueSchedule one, Firings firings) {
        Clockwork clockwork = batch.clockwork(one);
        String pause = judge.reasonToPause(handle, one, clockwork);
        if (pause != null) {
            due.pause(handle, one, pause);
            return;
        }
        CatchUpPolicy policy = clockwork.catchUp(one.resumedAt() == null ? null : one.resumeCatchUp());
        CatchUp plan = clockwork.isAdaptive()
                ? CatchUp.single(clockwork, one.nominalAt(), one.now(), policy)
                : CatchUp.of(clockwork, one.nominalAt(), one.now(), policy);
        told(plan, one, firings);
        plan.fire().ifPresent(at -> start(handle, batch, one, clockwork, at, firings, true));
        long place = 0;
        boolean atOnce = policy.every().isZero() && clockwork.overlap() == OverlapPolicy.ALLOW;
        for (Instant at : plan.later()) {
            if (atOnce && place < AT_ONCE) {
                place++;
                start(handle, batch, one, clockwork, at, firings, false);
                continue;
            }
            Duration in = policy.every().multipliedBy(++place);
            firings.wait(one.id(), at, clockwork.dueAt(at), "catchUp", in);
        }
        if (one.resumedAt() != null) {
            firings.caughtUp(one.id());
        }
        Instant next = clockwork.isAdaptive()
                ? judge.paced(handle, one, clockwork, firings)
                : plan.next().orElse(null);
        if (next == null) {
            firings.end(one.id());
        } else {
            firings.move(one.id(), next, clockwork.dueAt(next));
        }
    }

    /** What does not fire, and why. */
    private static void told(CatchUp plan, DueSchedule one, Firings firings) {
        plan.leftOut()
                .forEach(left -> firings.outcome(
                        new Firings.Outcome(one.id(), left.at(), "skipped", left.reason(), null, null, null)));
        plan.leftOutOlder()
                .ifPresent(range -> firings.outcome(new Firings.Outcome(
                        one.id(), range.first(), "skipped", "left out by the rule", null, null, range)));
        plan.older().ifPresent(range -> firings.outcome(missed(one, range.first(), range)));
        plan.missed().forEach(at -> firings.outcome(missed(one, at, null)));
    }

    private static Firings.Outcome missed(DueSchedule one, Instant at, CatchUp.@Nullable Range range) {
        boolean paused = one.resumedAt() != null && at.isBefore(one.resumedAt());
        return new Firings.Outcome(
                one.id(), at, paused ? "skipped" : "missed", paused ? "paused" : "down or late", null, null, range);
    }

    /** @param timed whether it counts as late; what is made up for with it does not */
    private void start(
            Handle handle,
            Known.Batch batch,
            DueSchedule one,
            Clockwork clockwork,
            Instant at,
            Firings firings,
            boolean timed) {
        Instant dueAt = clockwork.dueAt(at);
        if (one.problem() != null) {
            firings.outcome(
                    new Firings.Outcome(one.id(), at, "skipped", "unsupported: " + one.problem(), null, dueAt, null));
            return;
        }
        OverlapPolicy overlap = clockwork.overlap();
        // Those that wait go first.
        boolean mustWait = overlap != OverlapPolicy.ALLOW && (one.busy() || one.queued() > 0);
        if (!mustWait) {
            if (timed) {
                lag.record(Duration.between(dueAt, one.now()));
            }
            firings.run(one.id(), at, dueAt, newRun(batch, one, at));
            return;
        }
        switch (overlap) {
            case ALLOW, SKIP -> firings.outcome(overlapped(one, at, dueAt));
            case QUEUE_ONE -> {
                judge.overtakeWaiting(handle, one);
                firings.wait(one.id(), at, dueAt, "queued", Duration.ZERO);
            }
            case QUEUE_ALL -> firings.wait(one.id(), at, dueAt, "queued", Duration.ZERO);
            case CANCEL_RUNNING -> {
                judge.overtake(handle, one, firings);
                firings.wait(one.id(), at, dueAt, "queued", Duration.ZERO);
            }
        }
    }

    private static Firings.Outcome overlapped(DueSchedule one, Instant at, Instant dueAt) {
        return new Firings.Outcome(one.id(), at, "skipped", "overlap", null, dueAt, null);
    }

    private NewRun newRun(Known.Batch batch, DueSchedule one, Instant nominalAt) {
        return runs.newRun(batch.deployment(one), TriggerKind.SCHEDULE, one.event(nominalAt), null, one.id());
    }

    /** @return how many instants that waited had their turn; as many as a batch holds when there are more */
    public int dispatchWaiting() {
        int claimed = jdbi.inTransaction(handle -> {
            List<DueSchedule> schedules = due.claimWaiting(handle, BATCH);
            Known.Batch batch = known.batch(handle, schedules);
            List<NewRun> started = new ArrayList<>();
            List<DueStore.Ending> endings = new ArrayList<>();
            schedules.forEach(
                    schedule -> waited(handle, batch, schedule, started).ifPresent(endings::add));
            due.settle(handle, endings);
            if (!started.isEmpty()) {
                RunQueueStore.enqueueAll(handle, started);
            }
            return schedules.size();
        });
        if (claimed > 0) {
            executor.wake();
        }
        return claimed;
    }

    /** @return empty when it goes on waiting */
    private Optional<DueStore.Ending> waited(Handle handle, Known.Batch batch, DueSchedule one, List<NewRun> started) {
        NewRun run;
        try {
            if (one.problem() != null) {
                return Optional.of(new DueStore.Ending(one, "skipped", "unsupported: " + one.problem(), null));
            }
            if (one.busy() && batch.clockwork(one).overlap() != OverlapPolicy.ALLOW) {
                due.putOff(handle, one, BLOCKED);
                return Optional.empty();
            }
            run = newRun(batch, one, one.nominalAt());
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "an instant of schedule %s that waited could not be fired", one.id());
            return Optional.of(new DueStore.Ending(one, "failed", reason(e), null));
        }
        started.add(run);
        return Optional.of(new DueStore.Ending(one, "ran", null, run.id()));
    }

    private static String reason(RuntimeException e) {
        return e instanceof ProblemException problem
                ? problem.detail()
                : e.getClass().getSimpleName();
    }
}
