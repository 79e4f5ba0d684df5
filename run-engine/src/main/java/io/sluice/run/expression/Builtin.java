package io.sluice.run.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A built-in of JSONata that looks at the bounds before it works, and accounts what it makes. */
final class Builtin extends Jsonata.JFunction {

    /** What a built-in does. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call(Arguments arguments, Watch watch);
    }

    /** Told of the arguments before the work; throws when the work would take too much. */
    @FunctionalInterface
    interface Before {
        void look(Arguments arguments, Watch watch);
    }

    /** Arguments as JSONata hands them over: fewer than declared, or null for nothing. */
    record Arguments(List<?> list) {

        @Nullable
        Object at(int index) {
            return index < list.size() ? list.get(index) : null;
        }

        @Nullable
        String text(int index) {
            return at(index) instanceof String text ? text : null;
        }

        /** Characters of a text, 0 when it is none. */
        long length(int index) {
            return at(index) instanceof String text ? text.length() : 0;
        }

        /** Items of a list or members of a map, 1 for any other value. */
        long size(int index) {
            return switch (at(index)) {
                case List<?> items -> items.size();
                case Map<?, ?> map -> map.size();
                case null, default -> 1;
            };
        }
    }

    private final Before before;
    private final @Nullable Body body;

    private Builtin(String name, String signature, String method, Before before, @Nullable Body body) {
        super(name, signature, Functions.class, null, method);
        this.before = before;
        this.body = body;
    }

    /** JSONata's own, after a look. */
    static Builtin checked(String name, String signature, String method, Before before) {
        return new Builtin(name, signature, method, before, null);
    }

    /** In the place of JSONata's own. */
    static Builtin replaced(String name, String signature, String method, Body body) {
        return new Builtin(name, signature, method, (arguments, watch) -> {}, body);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public @Nullable Object call(@Nullable Object input, List arguments) {
        Watch watch = Watch.current();
        watch.look();
        Arguments given = new Arguments(arguments);
        before.look(given, watch);
        Body own = body;
        Object result = own == null ? super.call(input, arguments) : own.call(given, watch);
        if (result instanceof List<?> || (result instanceof Map<?, ?> && !Functions.isLambda(result))) {
            watch.checked(result);
        }
        return result;
    }
}
