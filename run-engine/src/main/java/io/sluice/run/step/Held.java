package io.sluice.run.step;

import io.sluice.run.expression.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run refers to from the lists and loops that it is in, besides its variables. */
final class Held {

    private final Deque<List<@Nullable Object>> outer = new ArrayDeque<>();

    void push(@Nullable Object value) {
        outer.push(Collections.singletonList(value));
    }

    void pop() {
        outer.pop();
    }

    /** The weight of all that the run refers to, bytes; what is the same value counts once. */
    long weight(@Nullable Object data, @Nullable Object context, Scope scope) {
        List<@Nullable Object> roots = new ArrayList<>();
        scope.forEach((name, value) -> roots.add(value));
        outer.forEach(roots::addAll);
        roots.add(data);
        roots.add(context);
        Set<@Nullable Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long sum = 0;
        for (Object root : roots) {
            sum += seen.add(root) ? Weight.of(root, Long.MAX_VALUE) : 0;
        }
        return sum;
    }
}
