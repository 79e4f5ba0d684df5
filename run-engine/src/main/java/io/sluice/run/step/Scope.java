package io.sluice.run.step;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that expressions see at one place of a run. */
record Scope(Map<String, @Nullable Object> variables) {

    Scope with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> extended = new HashMap<>(variables);
        extended.put(name, value);
        return new Scope(extended);
    }
}
