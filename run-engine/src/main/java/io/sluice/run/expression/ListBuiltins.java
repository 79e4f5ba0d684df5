package io.sluice.run.expression;

import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Built-ins on lists whose own forms take the square of their length inside one node. */
final class ListBuiltins {

    private ListBuiltins() {}

    static @Nullable Object distinct(Builtin.Arguments arguments, Watch watch) {
        if (!(arguments.at(0) instanceof List<?> items) || items.size() <= 1) {
            return arguments.at(0);
        }
        watch.produced(2 * Weight.map(items.size()));
        Set<Key> seen = new LinkedHashSet<>();
        for (Object item : items) {
            watch.tick();
            seen.add(new Key(item, item == null ? 0 : item.hashCode(), watch));
        }
        List<@Nullable Object> result =
                items instanceof Utils.JList<?> ? Utils.createSequence() : new ArrayList<>(seen.size());
        seen.forEach(key -> result.add(key.value()));
        return result;
    }

    /** A value whose comparisons are counted: values may be chosen to have one hash. */
    private record Key(@Nullable Object value, int hash, Watch watch) {

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            watch.tick();
            return other instanceof Key key && hash == key.hash && java.util.Objects.equals(value, key.value);
        }
    }

    static @Nullable Object spread(Builtin.Arguments arguments, Watch watch) {
        Object value = arguments.at(0);
        if (!(value instanceof List<?>) && !(value instanceof Map<?, ?>)) {
            return value;
        }
        List<@Nullable Object> result = Utils.createSequence();
        spread(value, result, watch);
        return result;
    }

    private static void spread(@Nullable Object value, List<@Nullable Object> result, Watch watch) {
        watch.tick();
        if (value instanceof List<?> list) {
            list.forEach(item -> spread(item, result, watch));
        } else if (value instanceof Map<?, ?> map) {
            watch.produced(map.size() * Weight.map(2));
            map.forEach((name, member) -> {
                Map<Object, @Nullable Object> one = new LinkedHashMap<>();
                one.put(String.valueOf(name), member);
                result.add(one);
            });
        } else if (value != null) {
            watch.produced(Weight.list(1));
            result.add(value);
        }
    }
}
