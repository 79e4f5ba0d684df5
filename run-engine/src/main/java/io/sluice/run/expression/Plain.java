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

    static @Nullable Object copy(@Nullable Object value) {
        return copy(value, 0);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
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
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                for (Object item : list) {
                    copy.add(copy(item, depth + 1));
                }
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), copy(item, depth + 1)));
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

    private static Object whole(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new ExpressionException("the result is not a finite number");
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
    }
}
