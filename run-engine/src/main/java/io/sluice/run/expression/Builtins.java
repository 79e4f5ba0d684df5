package io.sluice.run.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts bounded built-ins in the place of JSONata's, for the whole process: in the frame that all expressions share, so
 * that no way to reach a built-in (a variable, a partial application) leads past the bounds.
 */
final class Builtins {

    /** Longest picture of a number or a date, characters. */
    private static final int LONGEST_PICTURE = 200;

    /** Largest number to be written in Roman numerals: they grow with it. */
    private static final long LARGEST_ROMAN = 100_000;

    private static final int MOST_DIGITS = 400;

    private Builtins() {}

    static void install() {
        if (!(Nodes.get(Nodes.field(Jsonata.class, "staticFrame"), null) instanceof Jsonata.Frame frame)) {
            throw new IllegalStateException("not the JSONata that this was written for");
        }
        texts(frame);
        numbers(frame);
        lists(frame);
        dates(frame);
        frame.bind("eval", Builtin.replaced("eval", "<sx?:x>", "functionEval", (arguments, watch) -> {
            throw new ExpressionException("$eval is not part of the profile");
        }));
        Watch.install(frame);
    }

    private static void bind(Jsonata.Frame frame, String name, String signature, Builtin.Before before) {
        frame.bind(name, Builtin.checked(name, signature, name, before));
    }

    private static void replace(Jsonata.Frame frame, String name, String signature, Builtin.Body body) {
        frame.bind(name, Builtin.replaced(name, signature, name, body));
    }

    private static void texts(Jsonata.Frame frame) {
        for (String name : List.of("lowercase", "uppercase", "trim")) {
            bind(frame, name, "<s-:s>", (a, watch) -> watch.text(a.length(0)));
        }
        replace(frame, "substringBefore", "<s-s:s>", RegexBuiltins::before);
        replace(frame, "substringAfter", "<s-s:s>", RegexBuiltins::after);
        for (String name : List.of(
                "base64encode", "base64decode", "encodeUrlComponent", "encodeUrl", "decodeUrlComponent", "decodeUrl")) {
            // At worst each character becomes three times three of them, and is copied a few times.
            bind(frame, name, "<s-:s>", (a, watch) -> watch.text(9 * a.length(0)));
        }
        bind(frame, "string", "<x-b?:s>", (a, watch) -> written(a.at(0), Boolean.TRUE.equals(a.at(1)), watch));
        bind(frame, "join", "<a<s>s?:s>", (a, watch) -> watch.text(joined(a)));
        replace(frame, "pad", "<s-ns?:s>", TextBuiltins::pad);
        replace(frame, "substring", "<s-nn?:s>", TextBuiltins::substring);
        replace(frame, "match", "<s-f<s:o>n?:a<o>>", RegexBuiltins::match);
        replace(frame, "contains", "<s-(sf):b>", RegexBuiltins::contains);
        replace(frame, "replace", "<s-(sf)(sf)n?:s>", RegexBuiltins::replace);
        replace(frame, "split", "<s-(sf)n?:a<s>>", RegexBuiltins::split);
    }

    private static void written(@Nullable Object value, boolean pretty, Watch watch) {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            watch.json(value);
            if (pretty) {
                watch.indented(value);
            }
        }
    }

    private static long joined(Builtin.Arguments arguments) {
        long characters = 0;
        if (arguments.at(0) instanceof List<?> texts) {
            for (Object text : texts) {
                characters += text instanceof String part ? part.length() : 4;
            }
            characters += arguments.length(1) * texts.size();
        }
        return 2 * characters;
    }

    private static void numbers(Jsonata.Frame frame) {
        for (String name : List.of("sum", "max", "min", "average")) {
            bind(frame, name, "<a<n>:n>", (a, watch) -> {});
        }
        bind(frame, "round", "<n-n?:n>", (a, watch) -> {
            if (a.at(1) instanceof Number digits && Math.abs(digits.doubleValue()) > MOST_DIGITS) {
                throw new ExpressionException("$round knows at most " + MOST_DIGITS + " digits");
            }
        });
        bind(frame, "formatNumber", "<n-so?:s>", (a, watch) -> picture(a.text(1)));
        bind(frame, "formatInteger", "<n-s:s>", (a, watch) -> {
            picture(a.text(1));
            String picture = a.text(1);
            boolean roman = picture != null && (picture.startsWith("I") || picture.startsWith("i"));
            if (roman && a.at(0) instanceof Number number && Math.abs(number.doubleValue()) > LARGEST_ROMAN) {
                throw new ExpressionException("Roman numerals end at " + LARGEST_ROMAN);
            }
        });
        bind(frame, "parseInteger", "<s-s:n>", (a, watch) -> {
            picture(a.text(1));
            if (a.length(0) > 1_000) {
                throw new ExpressionException("$parseInteger reads at most 1000 characters");
            }
        });
    }

    private static void picture(@Nullable String picture) {
        if (picture != null && picture.length() > LONGEST_PICTURE) {
            throw new ExpressionException("a picture has at most " + LONGEST_PICTURE + " characters");
        }
    }

    private static void lists(Jsonata.Frame frame) {
        Builtin.Before asLong = (a, watch) -> watch.produced(Weight.list(a.size(0)));
        frame.bind("map", Builtin.checked("map", "<af>", "map", asLong));
        frame.bind("filter", Builtin.checked("filter", "<af>", "filter", asLong));
        frame.bind("sift", Builtin.checked("sift", "<o-f?:o>", "sift", Builtins::maps));
        frame.bind("each", Builtin.checked("each", "<o-f:a>", "each", asLong));
        frame.bind("sort", Builtin.checked("sort", "<af?:a>", "sort", asLong));
        frame.bind("reverse", Builtin.checked("reverse", "<a:a>", "reverse", asLong));
        frame.bind("shuffle", Builtin.checked("shuffle", "<a:a>", "shuffle", asLong));
        frame.bind(
                "append",
                Builtin.checked(
                        "append",
                        "<xx:a>",
                        "append",
                        (a, watch) -> watch.produced(Weight.list(a.size(0) + a.size(1)))));
        frame.bind("zip", Builtin.checked("zip", "<a+>", "zip", Builtins::zipped));
        frame.bind("merge", Builtin.checked("merge", "<a<o>:o>", "merge", Builtins::maps));
        frame.bind("keys", Builtin.checked("keys", "<x-:a<s>>", "keys", Builtins::maps));
        frame.bind("lookup", Builtin.checked("lookup", "<x-s:x>", "lookup", Builtins::found));
        frame.bind("clone", Builtin.checked("clone", "<(oa)-:o>", "functionClone", (a, watch) -> {
            written(a.at(0), false, watch);
            watch.produced(Weight.of(a.at(0), Long.MAX_VALUE));
        }));
        replace(frame, "distinct", "<x:x>", ListBuiltins::distinct);
        replace(frame, "spread", "<x-:a<o>>", ListBuiltins::spread);
    }

    private static void zipped(Builtin.Arguments arguments, Watch watch) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < arguments.list().size(); i++) {
            shortest = Math.min(shortest, arguments.size(i));
        }
        if (!arguments.list().isEmpty()) {
            watch.produced(shortest * Weight.list(arguments.list().size() + 1L));
        }
    }

    /** As much as all members of the maps in a list. */
    private static void maps(Builtin.Arguments arguments, Watch watch) {
        if (arguments.at(0) instanceof List<?> items && !(items instanceof com.dashjoin.jsonata.Utils.RangeList)) {
            long members = 0;
            for (Object item : items) {
                members += item instanceof Map<?, ?> map ? map.size() : 1;
            }
            watch.produced(2 * Weight.map(members));
        } else {
            watch.produced(2 * Weight.map(arguments.size(0)));
        }
    }

    private static void found(Builtin.Arguments arguments, Watch watch) {
        long items = 0;
        if (arguments.at(0) instanceof List<?> list && !(list instanceof com.dashjoin.jsonata.Utils.RangeList)) {
            for (Object item : list) {
                Object value = item instanceof Map<?, ?> map ? map.get(arguments.at(1)) : item;
                items += value instanceof List<?> values ? values.size() : 1;
            }
        }
        watch.produced(Weight.list(items));
    }

    private static void dates(Jsonata.Frame frame) {
        frame.bind(
                "toMillis",
                Builtin.checked(
                        "toMillis",
                        "<s-s?:n>",
                        "dateTimeToMillis",
                        (a, watch) -> DatePictures.checkToRead(a.text(0), a.text(1))));
        frame.bind(
                "fromMillis",
                Builtin.checked(
                        "fromMillis", "<n-s?s?:s>", "dateTimeFromMillis", (a, watch) -> DatePictures.check(a.text(1))));
        replace(frame, "now", "<s?s?:s>", (a, watch) -> {
            DatePictures.check(a.text(0));
            return Functions.dateTimeFromMillis(watch.now().toEpochMilli(), a.text(0), a.text(1));
        });
        replace(frame, "millis", "<:n>", (a, watch) -> watch.now().toEpochMilli());
    }
}
