package io.sluice.run.expression;

import com.dashjoin.jsonata.Jsonata;
import org.jspecify.annotations.Nullable;

/** Built-ins of JSONata that run inside one node, where no bound is looked at, in forms that cannot run away. */
final class BoundedFunctions {

    private static final int LONGEST = 1_000_000;

    private static final Jsonata.JFunction PAD =
            Jsonata.function("pad", (Jsonata.FnVarArgs<@Nullable Object>) BoundedFunctions::pad, "<s-ns?:s>");

    private BoundedFunctions() {}

    /** As JSONata's: to the right for a positive width, to the left for a negative one. */
    static Jsonata.JFunction pad() {
        return PAD;
    }

    private static @Nullable Object pad(java.util.List<?> arguments) {
        if (!(arguments.get(0) instanceof String text) || !(arguments.get(1) instanceof Number width)) {
            return null;
        }
        Object given = arguments.size() > 2 ? arguments.get(2) : null;
        String fill = given instanceof String filling && !filling.isEmpty() ? filling : " ";
        long wanted = Math.abs(width.longValue());
        if (wanted > LONGEST) {
            throw new ExpressionException("$pad makes at most " + LONGEST + " characters");
        }
        int missing = (int) wanted - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        int[] points = fill.codePoints().toArray();
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(points[i % points.length]);
        }
        return width.longValue() < 0 ? padding + text : text + padding;
    }
}
