package io.sluice.run.step;

import io.sluice.run.expression.Bounds;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of one run in one attempt: its deadline, narrowed by tasks' own, its budget of steps, and whether it was
 * stopped from outside. Every step and every expression node looks here.
 */
public final class RunControl implements Bounds {

    /** Nested evaluation, nodes. */
    private static final int MAX_DEPTH = 500;

    /** Items of lists that an attempt's expressions may make in all. */
    private static final long MAX_ITEMS = 30_000_000;

    private final LongSupplier nanoTime;
    private final long deadline;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean leaseLost = new AtomicBoolean();
    private final Object waitLock = new Object();
    private @Nullable Thread waiting;
    private volatile OptionalLong lease = OptionalLong.empty();
    private int stepsLeft;
    private long nodesLeft;
    private long itemsLeft = MAX_ITEMS;
    private long taskDeadline = Long.MAX_VALUE;

    /**
     * @param time for the whole attempt
     * @param steps most tasks to be visited
     * @param expressionNodes most nodes of expressions to be evaluated
     */
    public RunControl(LongSupplier nanoTime, Duration time, int steps, long expressionNodes) {
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + time.toNanos();
        this.stepsLeft = steps;
        this.nodesLeft = expressionNodes;
    }

    /**
     * Waits for something (an answer, a pause) and is woken when the run is stopped. Only there is the thread
     * interrupted: an interrupt in the middle of a database call would close its connection.
     */
    <T> T interruptibly(Supplier<T> wait) {
        synchronized (waitLock) {
            check();
            waiting = Thread.currentThread();
        }
        try {
            return wait.get();
        } finally {
            synchronized (waitLock) {
                waiting = null;
                Thread.interrupted();
            }
        }
    }

    public void cancel() {
        cancelled.set(true);
        wake();
    }

    public void loseLease() {
        leaseLost.set(true);
        wake();
    }

    /** Until when the run is surely ours, by {@code nanoTime}: set at the claim and by each renewal. */
    public void leasedUntil(long nanos) {
        lease = OptionalLong.of(nanos);
    }

    /** Also when it could not be renewed in time: somebody else may have the run by now. */
    public boolean isLeaseLost() {
        OptionalLong until = lease;
        return leaseLost.get() || (until.isPresent() && nanoTime.getAsLong() - until.getAsLong() > 0);
    }

    private void wake() {
        synchronized (waitLock) {
            if (waiting != null) {
                waiting.interrupt();
            }
        }
    }

    @Override
    public void check(int depth) {
        if (depth > MAX_DEPTH) {
            throw new RunStopped.LimitReached("limit", "An expression is nested deeper than " + MAX_DEPTH + " calls");
        }
        if (--nodesLeft < 0) {
            throw new RunStopped.LimitReached("limit", "The run's expressions take too many steps");
        }
        check();
    }

    @Override
    public void produced(int size) {
        itemsLeft -= size;
        if (itemsLeft < 0) {
            throw new RunStopped.LimitReached("limit", "The run's expressions make more data than they may");
        }
    }

    /** @throws RunStopped when the run must end; TaskTimeout when the narrowest task's time is over */
    public void check() {
        if (isLeaseLost()) {
            throw new RunStopped.LeaseLost();
        }
        if (cancelled.get()) {
            throw new RunStopped.Cancelled();
        }
        long now = nanoTime.getAsLong();
        if (now - deadline > 0) {
            throw new RunStopped.LimitReached("timeout", "The run took longer than it may");
        }
        if (taskDeadline != Long.MAX_VALUE && now - taskDeadline > 0) {
            throw new TaskTimeout(taskDeadline);
        }
    }

    void step() {
        if (--stepsLeft < 0) {
            throw new RunStopped.LimitReached("limit", "The run visits more tasks than it may: does a “then” loop?");
        }
        check();
    }

    /** What is left until the narrowest deadline. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, Math.min(deadline, taskDeadline) - nanoTime.getAsLong()));
    }

    /** Narrows the deadline for a task; returns what to restore afterwards. */
    long narrow(Duration timeout) {
        long before = taskDeadline;
        taskDeadline = Math.min(before, nanoTime.getAsLong() + timeout.toNanos());
        return before;
    }

    long taskDeadline() {
        return taskDeadline;
    }

    void restore(long before) {
        taskDeadline = before;
    }

    /** The time of a task is over; turned into an error that can be caught by the task that set the time. */
    static final class TaskTimeout extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final long of;

        TaskTimeout(long of) {
            super("timeout", null, false, false);
            this.of = of;
        }

        long of() {
            return of;
        }
    }
}
