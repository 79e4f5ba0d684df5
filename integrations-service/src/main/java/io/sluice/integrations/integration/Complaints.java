package io.sluice.integrations.integration;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with what somebody wrote: all of it, so that a person mends a form in one go. */
final class Complaints {

    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");

    /** RFC 6901; the empty pointer is the whole document, which names nothing in it. */
    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)+");

    /** The pattern recurses. */
    private static final int LONGEST_POINTER = 500;

    private final List<FieldProblem> found = new ArrayList<>();

    void at(String pointer, String detail) {
        found.add(new FieldProblem(pointer, detail));
    }

    void unless(boolean fine, String pointer, String detail) {
        if (!fine) {
            at(pointer, detail);
        }
    }

    void oneOf(String pointer, @Nullable String value, Collection<String> known) {
        unless(value == null || known.contains(value), pointer, "one of " + String.join(", ", known));
    }

    void between(String pointer, @Nullable Duration value, Duration shortest, Duration longest) {
        unless(
                value == null || (value.compareTo(shortest) >= 0 && value.compareTo(longest) <= 0),
                pointer,
                "from " + shortest + " to " + longest);
    }

    void headerName(String pointer, @Nullable String name) {
        unless(
                name == null || TOKEN.matcher(name).matches(),
                pointer,
                "a header's name has letters, digits and hyphens, and at most 200 of them");
    }

    void jsonPointer(String pointer, @Nullable String value) {
        unless(
                value == null
                        || (value.length() <= LONGEST_POINTER
                                && POINTER.matcher(value).matches()),
                pointer,
                "a JSON pointer is needed, such as /data/id (RFC 6901)");
    }

    /** JSONata, bare or between the braces that a flow has around it. */
    void expression(String pointer, @Nullable String text) {
        if (text == null) {
            return;
        }
        String source = Value.isExpression(text) ? Value.source(text) : text;
        if (source.isBlank()) {
            at(pointer, "an expression is needed, or leave it out");
            return;
        }
        try {
            var _ = Expression.compile(source);
        } catch (ExpressionException e) {
            at(pointer, String.valueOf(e.getMessage()));
        }
    }

    /** @throws ProblemException when there was any */
    void raise() {
        if (!found.isEmpty()) {
            throw ProblemException.fields(found);
        }
    }
}
