package io.sluice.run.step;

import io.sluice.run.expression.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    /** How long a run computes before others get their turn, nanoseconds. */
    private static final long TURN = Duration.ofMillis(10).toNanos();

    private final LongSupplier nanoTime;
    private final long deadline;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean leaseLost = new AtomicBoolean();
    private final Object waitLock = new Object();
    private @Nullable Thread waiting;
    private volatile OptionalLong lease = OptionalLong.empty();
    private long turnSince;
    private int stepsLeft;
    private long nodesLeft;
    private final Duration time;
    private final Limits limits;
    private final InstantSource clock;
    private final LargeRuns largeRuns;
    private final RunMemory memory = new RunMemory();
    private boolean large;
    private @Nullable String pointer;
    private long taskDeadline = Long.MAX_VALUE;

    /**
     * @param nanoTime by which deadlines are kept
     * @param clock the time that expressions are told
     * @param time for the whole attempt
     * @param largeRuns shared by all runs of the process
     */
    public RunControl(LongSupplier nanoTime, InstantSource clock, Duration time, Limits limits, LargeRuns largeRuns) {
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.time = time;
        this.limits = limits;
        this.largeRuns = largeRuns;
        this.turnSince = nanoTime.getAsLong();
        this.deadline = turnSince + time.toNanos();
        this.stepsLeft = limits.steps();
        this.nodesLeft = limits.expressionNodes();
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

    public boolean isCancelled() {
        return cancelled.get();
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
        if (depth > limits.expressionDepth()) {
            throw tooDeep();
        }
        if (--nodesLeft < 0) {
            throw limit("expression-nodes", limits.expressionNodes(), "The run's expressions take too many steps");
        }
        check();
    }

    @Override
    public void produced(long bytes) {
        memory.evaluating(bytes);
        room();
    }

    @Override
    public void kept(long bytes) {
        memory.kept(bytes);
    }

    @Override
    public long largestValue() {
        return limits.valueBytes();
    }

    @Override
    public RuntimeException tooLarge() {
        return limit("value-bytes", limits.valueBytes(), "A value is larger than it may be");
    }

    @Override
    public RuntimeException tooDeep() {
        return limit("expression-depth", limits.expressionDepth(), "An expression is nested deeper than it may be");
    }

    @Override
    public RuntimeException outOfMemory() {
        return limit("run-bytes", limits.runBytes(), "The process had not enough memory left for the run");
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    /** Takes a value from outside, such as an answer, and what it takes to read it, bytes. */
    void received(long bytes) {
        memory.kept(bytes);
        room();
    }

    private void room() {
        long held = memory.held();
        if (held > limits.runBytes()) {
            throw limit("run-bytes", limits.runBytes(), "The run holds more data than it may");
        }
        while (held > largeRuns.share() && !large) {
            large = interruptibly(() -> largeRuns.enter(left()));
            check();
        }
    }

    /** Whether it has a place among the large runs. */
    boolean isLarge() {
        return large;
    }

    /** Whether what the run holds should be measured again, after a step: much came, or it may be small again. */
    boolean isVague() {
        return memory.isVague(largeRuns.share()) || (large && memory.isDue());
    }

    /** What the run was found to hold, bytes. */
    void holds(long bytes) {
        memory.measured(bytes);
        if (large && bytes < largeRuns.share() / 2) {
            close();
        }
        room();
    }

    /** The run is over, or small again. */
    void close() {
        if (large) {
            large = false;
            largeRuns.leave();
        }
    }

    /** Notes at which task the run is; returns what to restore afterwards. */
    @Nullable
    String at(@Nullable String task) {
        String before = pointer;
        pointer = task;
        return before;
    }

    private RunStopped.LimitReached limit(String name, Object value, String message) {
        return new RunStopped.LimitReached("limit", name, String.valueOf(value), message, pointer);
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
        if (now - turnSince > TURN) {
            // Virtual threads are not preempted: without this, a few long expressions would hold up all other runs.
            Thread.yield();
            now = nanoTime.getAsLong();
            turnSince = now;
        }
        if (now - deadline > 0) {
            throw new RunStopped.LimitReached(
                    "timeout", "timeout", String.valueOf(time), "The run took longer than it may", pointer);
        }
        if (taskDeadline != Long.MAX_VALUE && now - taskDeadline > 0) {
            throw new TaskTimeout(taskDeadline);
        }
    }

    /** @param task the pointer of the task to be visited */
    void step(String task) {
        at(task);
        if (--stepsLeft < 0) {
            throw limit("steps", limits.steps(), "The run visits more tasks than it may: does a “then” loop?");
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
