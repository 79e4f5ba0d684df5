package io.sluice.integrations.template;

import io.sluice.run.step.Journal;
import io.sluice.run.step.StepRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal of a trial: in memory, gone with it. */
final class TrialJournal implements Journal {

    private final List<StepRecord> steps = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private @Nullable Object context;
    private String currentName = "";
    private String currentPointer = "";

    List<StepRecord> steps() {
        return steps;
    }

    String currentName() {
        return currentName;
    }

    String currentPointer() {
        return currentPointer;
    }

    @Override
    public void calling(String name, String pointer) {
        currentName = name;
        currentPointer = pointer;
    }

    @Override
    public Optional<Stored> find(String visit) {
        return Optional.empty();
    }

    @Override
    public int attempts(String visit) {
        return attempts.getOrDefault(visit, 0);
    }

    @Override
    public void note(StepRecord step) {
        attempts.merge(step.visit(), 1, Integer::sum);
        steps.add(step);
    }

    @Override
    public void finish(StepRecord step, @Nullable Object output, @Nullable ContextChange change) {
        note(step);
        if (change != null) {
            context = change.value();
        }
    }

    @Override
    public @Nullable Object context() {
        return context;
    }

    @Override
    public void checkLease() {
        // A trial belongs to its request alone.
    }
}
