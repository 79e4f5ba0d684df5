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

    private final Bounds bounds;
    private long weight;

    private Plain(Bounds bounds) {
        this.bounds = bounds;
    }

    /** @param weight what the copy takes, bytes of heap, estimated from above */
    record Copy(@Nullable Object value, long weight) {}

    /** The same list in many places is copied in each: only the bounds keep that from growing without end. */
    static Copy copy(@Nullable Object value, Bounds bounds) {
        Plain plain = new Plain(bounds);
        Object copy = plain.copy(value, 0);
        return new Copy(copy, plain.weight);
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > Weight.MAX_DEPTH) {
            throw new Expression.BoundsHit(bounds.tooDeep());
        }
        return switch (value) {
            case null -> null;
            case String text -> {
                weight += Weight.text(text.length());
                yield text;
            }
            case Boolean bool -> bool;
            case Integer number -> number;
            case Long number -> number;
            case Double number -> whole(number);
            case Float number -> whole(number.doubleValue());
            case BigDecimal number -> number;
            case BigInteger number -> number;
            case Number number -> number.longValue();
            case List<?> list -> {
                copied(Weight.list(list.size()));
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object item : list) {
                    copy.add(copy(item, depth + 1));
                }
                yield copy;
            }
            case Map<?, ?> map -> {
                copied(Weight.map(map.size()));
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    copy.put(String.valueOf(entry.getKey()), copy(entry.getValue(), depth + 1));
                }
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

    private void copied(long bytes) {
        weight += bytes;
        try {
            bounds.check(0);
            bounds.produced(bytes);
        } catch (RuntimeException e) {
            throw new Expression.BoundsHit(e);
        }
        if (weight > bounds.largestValue()) {
            throw new Expression.BoundsHit(bounds.tooLarge());
        }
    }

    private static Object whole(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new ExpressionException("the result is not a finite number");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
    }
}
