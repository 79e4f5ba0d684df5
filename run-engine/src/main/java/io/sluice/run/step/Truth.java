package io.sluice.run.step;

import com.dashjoin.jsonata.Jsonata;
import org.jspecify.annotations.Nullable;

/** What counts as true in a condition: as JSONata's own {@code $boolean}, so that nothing and empty are false. */
final class Truth {

    private Truth() {}

    static boolean of(@Nullable Object value) {
        return value != null && Jsonata.boolize(value);
    }
}
