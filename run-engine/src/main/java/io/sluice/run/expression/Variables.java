package io.sluice.run.expression;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What expressions see by a name after a dollar sign. */
@FunctionalInterface
public interface Variables {

    /** Tells each variable, without the dollar sign; of two with the same name the later one counts. */
    void forEach(BiConsumer<String, @Nullable Object> action);
}
