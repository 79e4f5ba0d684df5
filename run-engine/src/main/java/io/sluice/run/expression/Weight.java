package io.sluice.run.expression;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What plain data takes on the heap, estimated from above, bytes. A part that is referred to from many places counts in
 * each: so much would a copy take, a comparison look at, or a text be made of.
 */
public final class Weight implements BiConsumer<Object, @Nullable Object> {

    /** Values may be nested this deep: library code that recurses over them stays well within a stack. */
    static final int MAX_DEPTH = 500;

    private static final long ITEM = 24;
    private static final long ENTRY = 48;
    private static final long CONTAINER = 64;
    private static final long TEXT = 40;

    private final long limit;
    private long sum;
    private boolean tooDeep;
    private int mapDepth;

    private Weight(long limit) {
        this.limit = limit;
    }

    /** The weight of a value; stops counting a little above {@code limit}. */
    public static long of(@Nullable Object value, long limit) {
        Weight weight = new Weight(limit);
        weight.add(value, 0);
        return weight.sum;
    }

    /** @throws RuntimeException the bounds' own, when the value is too large or nested too deeply */
    static void check(@Nullable Object value, Bounds bounds) {
        Weight weight = new Weight(bounds.largestValue());
        weight.add(value, 0);
        if (weight.tooDeep) {
            throw bounds.tooDeep();
        }
        if (weight.sum > weight.limit) {
            throw bounds.tooLarge();
        }
    }

    static long text(long characters) {
        return TEXT + 2 * characters;
    }

    static long list(long size) {
        return CONTAINER + ITEM * size;
    }

    static long map(long size) {
        return CONTAINER + ENTRY * size;
    }

    private void add(@Nullable Object value, int depth) {
        if (sum > limit || tooDeep) {
            return;
        }
        switch (value) {
            case String text -> sum += text(text.length());
            case List<?> list -> items(list, depth);
            case Map<?, ?> map -> {
                tooDeep |= depth > MAX_DEPTH;
                sum += map(map.size());
                // Itself, and the depth in a field: a lambda that captures would be made for each map.
                int before = mapDepth;
                mapDepth = depth;
                map.forEach(this);
                mapDepth = before;
            }
            case null, default -> {}
        }
    }

    /** A member of the map that is being looked at. */
    @Override
    public void accept(Object key, @Nullable Object item) {
        // Most keys are shared by many maps, and short.
        sum += key instanceof String name && name.length() > 32 ? text(name.length()) : 0;
        add(item, mapDepth + 1);
    }

    private void items(List<?> list, int depth) {
        tooDeep |= depth > MAX_DEPTH;
        sum += list(list.size());
        if (list instanceof com.dashjoin.jsonata.Utils.RangeList) {
            return;
        }
        // By index: JSONata's lists are all of arrays, and an iterator each would be a part of what a run allocates.
        for (int i = 0; i < list.size(); i++) {
            if (sum > limit || tooDeep) {
                return;
            }
            add(list.get(i), depth + 1);
        }
    }

    /** Characters of a value as JSON text, escapes included; stops counting a little above {@code limit}. */
    static long jsonCharacters(@Nullable Object value, long limit) {
        return switch (value) {
            case String text -> quoted(text);
            case List<?> list -> {
                long characters = 2;
                for (Object item : list) {
                    characters += 1 + jsonCharacters(item, limit - characters);
                    if (characters > limit) {
                        break;
                    }
                }
                yield characters;
            }
            case Map<?, ?> map -> {
                long characters = 2;
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    characters += 4
                            + quoted(String.valueOf(entry.getKey()))
                            + jsonCharacters(entry.getValue(), limit - characters);
                    if (characters > limit) {
                        break;
                    }
                }
                yield characters;
            }
            case null, default -> 24;
        };
    }

    /** Blanks and line ends of a value as indented JSON text; stops counting a little above {@code limit}. */
    static long blanks(@Nullable Object value, int depth, long limit) {
        Iterable<?> items = switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> map.values();
            case null, default -> List.of();
        };
        long blanks = 0;
        for (Object item : items) {
            blanks += 4L + 2L * depth + blanks(item, depth + 1, limit - blanks);
            if (blanks > limit) {
                break;
            }
        }
        return blanks;
    }

    private static long quoted(String text) {
        long characters = 2 + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            characters += c == '"' || c == '\\' ? 1 : c < ' ' || (c >= 0x80 && c < 0x2100) ? 5 : 0;
        }
        return characters;
    }
}
