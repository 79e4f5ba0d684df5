package io.sluice.run.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One compiled JSONata expression; immutable, usable by many runs at once. */
public final class Expression {

    /** Longest source, characters: the parser recurses, and deep nesting overflows its stack. */
    public static final int MAX_LENGTH = 10_000;

    private static final int MAX_NESTING = 200;

    private final String source;
    private final Jsonata compiled;

    private Expression(String source, Jsonata compiled) {
        this.source = source;
        this.compiled = compiled;
    }

    /** @throws ExpressionException when it cannot be parsed; the message says where */
    public static Expression compile(String source) {
        if (source.length() > MAX_LENGTH) {
            throw new ExpressionException("an expression has at most " + MAX_LENGTH + " characters");
        }
        if (nesting(source) > MAX_NESTING) {
            throw new ExpressionException("brackets are nested at most " + MAX_NESTING + " deep");
        }
        try {
            return new Expression(source, Jsonata.jsonata(source));
        } catch (RuntimeException | StackOverflowError e) {
            throw new ExpressionException("cannot be parsed: " + message(e), e);
        }
    }

    /**
     * Evaluates on an input with variables (without the dollar sign).
     *
     * @return plain maps, lists, strings, numbers, booleans, or null where nothing is there
     * @throws ExpressionException when the expression fails on this input
     * @throws RuntimeException what {@code bounds} throws, unchanged
     */
    public @Nullable Object evaluate(@Nullable Object input, Map<String, @Nullable Object> variables, Bounds bounds) {
        // Always with a frame of its own: without one, JSONata would bind into a frame that all runs share.
        Jsonata.Frame frame = compiled.createFrame();
        variables.forEach(frame::bind);
        int[] depth = {0};
        BoundsHit[] hit = {null};
        frame.setEvaluateEntryCallback((node, nodeInput, environment) -> {
            try {
                bounds.check(++depth[0]);
            } catch (RuntimeException e) {
                hit[0] = new BoundsHit(e);
                throw e;
            }
        });
        frame.setEvaluateExitCallback((node, nodeInput, environment, result) -> depth[0]--);
        try {
            return Plain.copy(compiled.evaluate(input, frame));
        } catch (RuntimeException | StackOverflowError e) {
            // JSONata wraps what a callback throws: the bound's own exception must come out.
            if (hit[0] != null) {
                throw hit[0].cause();
            }
            throw new ExpressionException(message(e), e);
        }
    }

    public String source() {
        return source;
    }

    private record BoundsHit(RuntimeException cause) {}

    private static int nesting(String source) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
                case ')', ']', '}' -> depth--;
                default -> {}
            }
        }
        return deepest;
    }

    private static String message(Throwable e) {
        if (e instanceof StackOverflowError) {
            return "it recurses too deeply";
        }
        if (e instanceof JException j) {
            return String.valueOf(j.getMessage())
                    + (j.getLocation() > 0 ? " (at character " + j.getLocation() + ")" : "");
        }
        return e instanceof ExpressionException
                ? String.valueOf(e.getMessage())
                : "it failed (" + e.getClass().getSimpleName() + ")";
    }
}
