package io.sluice.run.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One compiled JSONata expression; immutable, usable by many runs at once. */
public final class Expression {

    /** Longest source, characters: the parser recurses, and deep nesting overflows its stack. */
    public static final int MAX_LENGTH = 10_000;

    private static final int MAX_NESTING = 200;

    /** What would replace or bypass the hooks by which an evaluation is bounded. */
    private static final Pattern FORBIDDEN = Pattern.compile("__evaluate|\\$eval\\b");

    private static final Pattern TEXTS =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'", Pattern.DOTALL);

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
        if (FORBIDDEN.matcher(source).find()) {
            throw new ExpressionException("$eval and names that begin with __evaluate are not part of the profile");
        }
        return new Expression(source, parsed(source));
    }

    /**
     * JSONata ties an expression to the thread that parsed it: evaluated there, it would show its variables to all other
     * threads. So it is parsed on a thread that ends.
     */
    private static Jsonata parsed(String source) {
        FutureTask<Jsonata> parsing = new FutureTask<>(() -> Jsonata.jsonata(source));
        Thread.ofVirtual().start(parsing);
        try {
            return parsing.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ExpressionException("cannot be parsed: " + message(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExpressionException("was interrupted while it was parsed", e);
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
        frame.bind("pad", BoundedFunctions.pad());
        Watch watch = new Watch(bounds);
        frame.setEvaluateEntryCallback((node, nodeInput, environment) -> watch.enter());
        frame.setEvaluateExitCallback((node, nodeInput, environment, result) -> watch.leave(result));
        try {
            return Plain.copy(compiled.evaluate(input, frame), bounds);
        } catch (RuntimeException | StackOverflowError e) {
            // JSONata wraps what a callback throws: the bound's own exception must come out.
            RuntimeException hit = watch.hit;
            if (hit != null) {
                throw hit;
            }
            throw e instanceof BoundsHit bound ? bound.hit() : new ExpressionException(message(e), e);
        }
    }

    /** Looks at the bounds on each node of one evaluation. */
    private static final class Watch {
        private final Bounds bounds;
        private int depth;
        private @Nullable RuntimeException hit;

        Watch(Bounds bounds) {
            this.bounds = bounds;
        }

        void enter() {
            depth++;
            guarded(() -> bounds.check(depth));
        }

        void leave(@Nullable Object result) {
            depth--;
            int size = size(result);
            if (size > 0) {
                guarded(() -> bounds.produced(size));
            }
        }

        private void guarded(Runnable check) {
            try {
                check.run();
            } catch (RuntimeException e) {
                hit = e;
                throw e;
            }
        }

        private static int size(@Nullable Object result) {
            return switch (result) {
                case List<?> list -> list.size();
                case String text -> text.length() / 64;
                case null, default -> 0;
            };
        }
    }

    /** A bound that was hit while the result was copied. */
    static final class BoundsHit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BoundsHit(RuntimeException hit) {
            super(hit);
        }

        RuntimeException hit() {
            return (RuntimeException) java.util.Objects.requireNonNull(getCause());
        }
    }

    public String source() {
        return source;
    }

    /** Brackets in texts do not nest anything. */
    private static int nesting(String source) {
        int depth = 0;
        int deepest = 0;
        String bare = TEXTS.matcher(source).replaceAll("");
        for (int i = 0; i < bare.length(); i++) {
            switch (bare.charAt(i)) {
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
