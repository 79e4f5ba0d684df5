package io.sluice.run.step;

import io.sluice.run.expression.Variables;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The variables that expressions see at one place of a run; an inner one hides an outer one of the same name. */
record Scope(@Nullable Scope outer, String name, @Nullable Object value) implements Variables {

    static final Scope EMPTY = new Scope(null, "", null);

    Scope with(String other, @Nullable Object itsValue) {
        return new Scope(this, other, itsValue);
    }

    @Override
    public void forEach(BiConsumer<String, @Nullable Object> action) {
        if (outer != null) {
            outer.forEach(action);
            action.accept(name, value);
        }
    }
}
