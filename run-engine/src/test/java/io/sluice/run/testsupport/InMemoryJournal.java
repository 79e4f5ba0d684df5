package io.sluice.run.testsupport;

import io.sluice.run.step.Journal;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run remembers, in memory; outlives the attempts of one run as the database does. */
public final class InMemoryJournal implements Journal {

    private final Map<String, Stored> results = new LinkedHashMap<>();
    private final List<StepRecord> records = new ArrayList<>();
    private @Nullable Object contextAtStart;
    private boolean owned = true;

    @Override
    public synchronized Optional<Stored> find(String visit) {
        return Optional.ofNullable(results.get(visit));
    }

    @Override
    public synchronized int attempts(String visit) {
        return (int) records.stream().filter(step -> step.visit().equals(visit)).count();
    }

    @Override
    public synchronized void note(StepRecord step) {
        records.add(step);
    }

    @Override
    public synchronized void finish(StepRecord step, @Nullable Object output, @Nullable ContextChange change) {
        checkLease();
        if (results.putIfAbsent(step.visit(), new Stored(output, change)) != null) {
            throw new IllegalStateException("finished twice: " + step.visit());
        }
        records.add(step);
    }

    @Override
    public synchronized @Nullable Object context() {
        return contextAtStart;
    }

    /** What the next run of the integration begins with: the start's context, or what was exported last. */
    public synchronized @Nullable Object exported() {
        Object newest = contextAtStart;
        for (Stored stored : results.values()) {
            newest = stored.change() == null ? newest : stored.change().value();
        }
        return newest;
    }

    @Override
    public synchronized void checkLease() {
        if (!owned) {
            throw new RunStopped.LeaseLost();
        }
    }

    /** Lets another replica own the run from now on. */
    public synchronized void passOn() {
        owned = false;
    }

    /** Begins with what an earlier run has exported. */
    public synchronized void contextFromBefore(Object value) {
        contextAtStart = value;
    }

    public synchronized List<StepRecord> records() {
        return List.copyOf(records);
    }

    /** Records of one task, in order. */
    public synchronized List<StepRecord> records(String name) {
        return records.stream().filter(step -> step.name().equals(name)).toList();
    }
}
