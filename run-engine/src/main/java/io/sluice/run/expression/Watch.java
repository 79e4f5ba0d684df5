package io.sluice.run.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the bounds on each node of one evaluation, and accounts what its nodes and built-ins make. */
final class Watch {

    /** The evaluation on this thread: JSONata's built-ins are shared by all. */
    static final ScopedValue<Watch> CURRENT = ScopedValue.newInstance();

    /** How many small pieces of work pass between two looks at the bounds. */
    private static final int TICKS = 1_024;

    /** A map of variables and what it takes to put it together. */
    private static final long TUPLE = 400;

    private static final Watch NONE = new Watch(Bounds.NONE, Nodes.NONE);

    private final Bounds bounds;
    private final Nodes nodes;
    private int depth;
    private int ticks;
    private @Nullable RuntimeException hit;
    private @Nullable Instant now;

    Watch(Bounds bounds, Nodes nodes) {
        this.bounds = bounds;
        this.nodes = nodes;
    }

    static Watch current() {
        return CURRENT.orElse(NONE);
    }

    /** What the bounds have thrown. JSONata wraps or even swallows exceptions: this one must come out. */
    @Nullable
    RuntimeException hit() {
        return hit;
    }

    void enter() {
        depth++;
        look();
    }

    void leave(Parser.Symbol node, @Nullable Object input, @Nullable Object result) {
        depth--;
        if (result != null && nodes.makesTuples(node)) {
            produced(TUPLE * (result instanceof List<?> list ? list.size() : 1));
        }
        switch (result) {
            case String text -> {
                if (nodes.makes(node, input)) {
                    text(text.length());
                }
            }
            case List<?> list -> made(node, input, list);
            case Map<?, ?> map -> made(node, input, map);
            case null, default -> {}
        }
    }

    private void made(Parser.Symbol node, @Nullable Object input, List<?> list) {
        boolean makes = nodes.makes(node, input);
        if (makes || nodes.isPart(node)) {
            // Also of a list that was there before: what encloses this node copies its items.
            produced(Weight.list(list.size()));
        }
        if (makes && list.size() > 1) {
            checked(list);
        }
        written(node, list);
    }

    private void made(Parser.Symbol node, @Nullable Object input, Map<?, ?> map) {
        if (!Functions.isLambda(map) && nodes.makes(node, input)) {
            produced(Weight.map(map.size()));
            checked(map);
        }
        written(node, map);
    }

    private void written(Parser.Symbol node, Object value) {
        if (nodes.isText(node)) {
            json(value);
        }
    }

    /** A JSON text of this value is about to be made. */
    void json(@Nullable Object value) {
        // Its buffer doubles as it grows, and is copied in the end.
        text(3 * Weight.jsonCharacters(value, bounds.largestValue() / 2));
    }

    /** The blanks of a JSON text of this value, where it is written with one line an item. */
    void indented(@Nullable Object value) {
        text(3 * Weight.blanks(value, 1, bounds.largestValue() / 2));
    }

    /** A text of so many characters is about to be made. */
    void text(long characters) {
        produced(Weight.text(characters));
        largest(characters);
    }

    /** Ends the evaluation when a text of so many characters is too large. */
    void largest(long characters) {
        if (Weight.text(characters) > bounds.largestValue()) {
            throw hit(bounds.tooLarge());
        }
    }

    /** Ends the evaluation when a value would take more than it may if it were copied. */
    void checked(Object value) {
        try {
            Weight.check(value, bounds);
        } catch (RuntimeException e) {
            throw hit(e);
        }
    }

    void produced(long bytes) {
        try {
            bounds.produced(bytes);
        } catch (RuntimeException e) {
            throw hit(e);
        }
    }

    /** A small piece of work inside a built-in: one character of a regular expression, one item of a list. */
    void tick() {
        if ((++ticks & (TICKS - 1)) == 0) {
            look();
        }
    }

    /** Looks at the bounds at once. */
    void look() {
        RuntimeException before = hit;
        if (before != null) {
            // Something has swallowed it.
            throw before;
        }
        try {
            bounds.check(depth);
        } catch (RuntimeException e) {
            throw hit(e);
        }
    }

    /** The same throughout one evaluation, as JSONata has it. */
    Instant now() {
        Instant known = now;
        if (known == null) {
            known = bounds.now();
            now = known;
        }
        return known;
    }

    private RuntimeException hit(RuntimeException e) {
        if (this != NONE) {
            hit = e;
        }
        return e;
    }

    static void install(Jsonata.Frame frame) {
        frame.setEvaluateEntryCallback((node, input, environment) -> current().enter());
        frame.setEvaluateExitCallback(
                (node, input, environment, result) -> current().leave(node, input, result));
    }
}
