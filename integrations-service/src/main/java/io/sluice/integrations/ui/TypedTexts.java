package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what was typed; what cannot be read is collected, so that a person mends it in one go. */
final class TypedTexts {

    private final List<FieldProblem> problems = new ArrayList<>();

    void at(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }

    /** Null for nothing, and for what cannot be read. */
    @Nullable
    Integer number(String pointer, String text) {
        return read(pointer, text, "a whole number is needed", TypedTexts::whole);
    }

    @Nullable
    Duration duration(String pointer, String text) {
        return read(pointer, text, "write it as “90 seconds”, “1 hour” or “7 days”", DurationText::read);
    }

    @Nullable
    Integer size(String pointer, String text) {
        return read(pointer, text, "write it as “512 KiB” or “1 MiB”", SizeText::read);
    }

    /** One entry a line; null for none. */
    static @Nullable List<String> lines(String text) {
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
        return lines.isEmpty() ? null : lines;
    }

    static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }

    /** @throws ProblemException when anything could not be read */
    void raise() {
        if (!problems.isEmpty()) {
            throw ProblemException.fields(problems);
        }
    }

    private <T> @Nullable T read(String pointer, String text, String hint, Function<String, T> reader) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            at(pointer, hint);
            return null;
        }
    }

    private static Integer whole(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(text + " is no whole number");
        }
        return Integer.valueOf(text);
    }
}
