package io.sluice.benchmarks.flow;

import io.sluice.run.step.Journal;
import io.sluice.run.step.StepRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one attempt's records and results, as the real one does until they are written. */
final class InMemoryJournal implements Journal {

    private final Map<String, Stored> results = new HashMap<>();
    private final List<StepRecord> records = new ArrayList<>();

    @Override
    public Optional<Stored> find(String visit) {
        return Optional.ofNullable(results.get(visit));
    }

    @Override
    public int attempts(String visit) {
        return 0;
    }

    @Override
    public void note(StepRecord step) {
        records.add(step);
    }

    @Override
    public void finish(StepRecord step, @Nullable Object output, @Nullable ContextChange change) {
        results.put(step.visit(), new Stored(output, change));
        records.add(step);
    }

    @Override
    public @Nullable Object context() {
        return null;
    }

    @Override
    public void checkLease() {
        // Nobody else runs it.
    }
}
