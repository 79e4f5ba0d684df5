package io.sluice.run.expression;

import org.jspecify.annotations.Nullable;

/** Built-ins on texts whose own forms work long inside one node, or keep what they are given for ever. */
final class TextBuiltins {

    private TextBuiltins() {}

    /** As JSONata's: to the right for a positive width, to the left for a negative one. */
    static @Nullable Object pad(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null || !(arguments.at(1) instanceof Number width)) {
            return text;
        }
        String given = arguments.text(2);
        int[] fill =
                (given == null || given.isEmpty() ? " " : given).codePoints().toArray();
        double wanted = Math.abs(width.doubleValue());
        long missing = (long) wanted - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        // Twice: the padding and the text made with it.
        watch.text(2 * (missing * (fill.length == 1 ? Character.charCount(fill[0]) : 2) + text.length()));
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            watch.tick();
            padding.appendCodePoint(fill[i % fill.length]);
        }
        return width.doubleValue() < 0 ? padding + text : text + padding;
    }

    /** By code points; JSONata's own would intern each text. */
    static @Nullable Object substring(Builtin.Arguments arguments, Watch watch) {
        String text = arguments.text(0);
        if (text == null || !(arguments.at(1) instanceof Number from)) {
            return text;
        }
        long length = text.codePointCount(0, text.length());
        long start = (long) from.doubleValue();
        long begin = Math.clamp(start < 0 ? length + start : start, 0, length);
        long end = arguments.at(2) instanceof Number count
                ? Math.clamp(begin + Math.max(0, (long) Math.min(count.doubleValue(), length)), begin, length)
                : length;
        int first = text.offsetByCodePoints(0, (int) begin);
        int last = text.offsetByCodePoints(first, (int) (end - begin));
        watch.text(last - first);
        return text.substring(first, last);
    }
}
