package io.sluice.run.expression;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies JSONata's results to plain values: its sequences carry flags that would change later evaluations. */
final class Plain {

    private static final int MAX_DEPTH = 500;

    private Plain() {}

    /** The same list in many places is copied in each: only the bounds keep that from growing without end. */
    static @Nullable Object copy(@Nullable Object value, Bounds bounds) {
        return copy(value, 0, bounds);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth, Bounds bounds) {
        if (depth > MAX_DEPTH) {
            throw new ExpressionException("the result is nested too deeply");
        }
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Integer number -> number;
            case Long number -> number;
            case Double number -> whole(number);
            case Float number -> whole(number.doubleValue());
            case BigDecimal number -> number;
            case BigInteger number -> number;
            case Number number -> number.longValue();
            case List<?> list -> {
                copied(list.size(), bounds);
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object item : list) {
                    copy.add(copy(item, depth + 1, bounds));
                }
                yield copy;
            }
            case Map<?, ?> map -> {
                copied(map.size(), bounds);
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item, depth + 1, bounds)));
                yield copy;
            }
            default -> {
                if (value.equals(Jsonata.NULL_VALUE)) {
                    yield null;
                }
                throw new ExpressionException("the result is not data (a function cannot leave its expression)");
            }
        };
    }

    private static void copied(int size, Bounds bounds) {
        try {
            bounds.check(0);
            bounds.produced(size + 1);
        } catch (RuntimeException e) {
            throw new Expression.BoundsHit(e);
        }
    }

    private static Object whole(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new ExpressionException("the result is not a finite number");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
    }
}
