package io.sluice.run.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
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

    private static final int LONGEST_MESSAGE = 1_000;

    /** What would replace or bypass the hooks by which an evaluation is bounded. */
    private static final Pattern FORBIDDEN = Pattern.compile("__evaluate|\\$eval\\b");

    private static final Pattern TEXTS =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'", Pattern.DOTALL);

    private final String source;
    private final Jsonata compiled;
    private final Nodes nodes;

    static {
        Builtins.install();
    }

    private Expression(String source, Jsonata compiled) {
        this.source = source;
        this.compiled = compiled;
        this.nodes = Nodes.of(compiled);
        // What goes in is plain data, and what comes out is copied to such: neither needs to be walked once more.
        compiled.setValidateInput(false);
        compiled.setOutputConvertNulls(false);
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
    public @Nullable Object evaluate(@Nullable Object input, Variables variables, Bounds bounds) {
        // Always with a frame of its own: without one, JSONata would bind into a frame that all runs share.
        Jsonata.Frame frame = compiled.createFrame();
        variables.forEach(frame::bind);
        Watch watch = new Watch(bounds, nodes);
        try {
            Plain.Copy copy = ScopedValue.where(Watch.CURRENT, watch)
                    .call(() -> Plain.copy(compiled.evaluate(input, frame), bounds));
            bounds.kept(copy.weight());
            return copy.value();
        } catch (RuntimeException | Error e) {
            bounds.kept(0);
            throw failure(e, watch, bounds);
        }
    }

    /** As {@link #evaluate(Object, Variables, Bounds)}. */
    public @Nullable Object evaluate(@Nullable Object input, Map<String, @Nullable Object> variables, Bounds bounds) {
        return evaluate(input, (Variables) variables::forEach, bounds);
    }

    /** JSONata wraps what is thrown inside it: the bound's own exception, and an error of the machine, must come out. */
    private static RuntimeException failure(Throwable thrown, Watch watch, Bounds bounds) {
        RuntimeException hit = watch.hit();
        if (hit != null) {
            return hit;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case OutOfMemoryError _ -> {
                    return bounds.outOfMemory();
                }
                case StackOverflowError _ -> {
                    return bounds.tooDeep();
                }
                case BoundsHit bound -> {
                    return bound.hit();
                }
                case ExpressionException known -> {
                    return known;
                }
                default -> {}
            }
        }
        return new ExpressionException(message(thrown), thrown);
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

    /** It may quote a value of any size. */
    private static String shortened(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    }

    private static String message(Throwable e) {
        if (e instanceof JException j) {
            return shortened(String.valueOf(j.getMessage()))
                    + (j.getLocation() > 0 ? " (at character " + j.getLocation() + ")" : "");
        }
        return e instanceof ExpressionException
                ? String.valueOf(e.getMessage())
                : "it failed (" + e.getClass().getSimpleName() + ")";
    }
}
