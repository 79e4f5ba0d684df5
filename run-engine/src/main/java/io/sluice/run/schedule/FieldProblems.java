package io.sluice.run.schedule;

import io.sluice.contract.problem.FieldProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with settings, collected so that a person mends all in one go. */
final class FieldProblems {

    private final List<FieldProblem> problems = new ArrayList<>();

    void add(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    List<FieldProblem> list() {
        return List.copyOf(problems);
    }

    void oneOf(String pointer, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            add(pointer, "one of " + String.join(", ", known));
        }
    }

    void between(String pointer, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            add(pointer, "a whole number from " + least + " to " + most);
        }
    }

    void between(String pointer, @Nullable Duration value, Duration least, Duration most) {
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            add(pointer, "a duration from " + least + " to " + most);
        }
    }
}
