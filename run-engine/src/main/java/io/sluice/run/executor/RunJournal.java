package io.sluice.run.executor;

import io.sluice.run.http.HttpCall;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.Journal;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepRecord;
import io.sluice.run.store.StepLogStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's journal on the store. Records wait for the next finished step or the next second, whichever is first, so that
 * a running run can be watched and a chatty one does not write a row at a time.
 */
final class RunJournal implements Journal {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 200;

    private final ClaimedRun run;
    private final StepLogStore store;
    private final StepLogStore.Memory memory;
    private final RunControl control;
    private final InstantSource clock;
    private final RunObserver.Attempted observed;
    private RunObserver.@Nullable Acting acting;
    private final List<StepRecord> waiting = new ArrayList<>();
    private Instant lastWrite;
    private boolean over;
    private long contextVersion;
    private @Nullable Object context;

    RunJournal(
            ClaimedRun run,
            boolean usesContext,
            StepLogStore store,
            RunControl control,
            InstantSource clock,
            RunObserver.Attempted observed) {
        this.observed = observed;
        this.run = run;
        this.store = store;
        this.memory = store.memory(run, usesContext);
        this.control = control;
        this.clock = clock;
        this.lastWrite = clock.instant();
        this.contextVersion = memory.version();
        this.context = memory.context();
    }

    @Override
    public synchronized Optional<Stored> find(String visit) {
        return Optional.ofNullable(memory.results().get(visit));
    }

    @Override
    public synchronized int attempts(String visit) {
        return memory.attempts().getOrDefault(visit, 0);
    }

    @Override
    public void calling(String name, String pointer) {
        acting = observed.acts(name, pointer);
    }

    private void observe(StepRecord step) {
        observed.logged(step);
        acted();
    }

    private void acted() {
        if (acting != null) {
            acting.close();
            acting = null;
        }
    }

    @Override
    public synchronized void note(StepRecord step) {
        observe(step);
        memory.attempts().merge(step.visit(), 1, Integer::sum);
        waiting.add(step);
        if (waiting.size() >= MOST_WAITING || clock.instant().isAfter(lastWrite.plus(LONGEST_WAIT))) {
            write(null);
        }
    }

    @Override
    public synchronized void finish(StepRecord step, @Nullable Object output, @Nullable ContextChange change) {
        observe(step);
        write(new StepLogStore.Result(step, output, change));
        memory.attempts().merge(step.visit(), 1, Integer::sum);
        if (isWrite(step)) {
            // A flow's own retry repeats what it reads (it may wait for an answer to change), never what it wrote.
            memory.results().put(step.visit(), new Stored(output, change));
        }
        if (change != null) {
            contextVersion++;
            context = change.value();
        }
    }

    @Override
    public @Nullable Object context() {
        return context;
    }

    @Override
    public void checkLease() {
        if (control.isLeaseLost()) {
            throw new RunStopped.LeaseLost();
        }
    }

    private static boolean isWrite(StepRecord step) {
        return step.request() != null && HttpCall.isWrite(step.request().method());
    }

    /**
     * Writes what was held back, from another thread.
     *
     * @throws RunStopped.LeaseLost when the run belongs to somebody else by now
     */
    synchronized void flush() {
        if (!over && !waiting.isEmpty() && clock.instant().isAfter(lastWrite.plus(LONGEST_WAIT))) {
            write(null);
        }
    }

    /** What is not written yet; goes in with the end of the attempt. Nothing is written after it. */
    synchronized List<StepRecord> rest() {
        over = true;
        acted();
        return List.copyOf(waiting);
    }

    private void write(StepLogStore.@Nullable Result result) {
        store.write(run, waiting, result, contextVersion);
        waiting.clear();
        lastWrite = clock.instant();
    }
}
