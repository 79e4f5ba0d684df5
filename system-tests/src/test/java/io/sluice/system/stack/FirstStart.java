package io.sluice.system.stack;

import org.jspecify.annotations.Nullable;

/** The one attempt to start the stack. When it fails, every further test fails at once instead of trying again. */
final class FirstStart implements AutoCloseable {

    private final @Nullable Sluice sluice;
    private final @Nullable RuntimeException failure;

    private FirstStart(@Nullable Sluice sluice, @Nullable RuntimeException failure) {
        this.sluice = sluice;
        this.failure = failure;
    }

    static FirstStart attempt() {
        try {
            return new FirstStart(Sluice.start(), null);
        } catch (RuntimeException e) {
            return new FirstStart(null, e);
        }
    }

    Sluice sluice() {
        if (sluice == null) {
            throw new IllegalStateException("The stack did not start", failure);
        }
        return sluice;
    }

    @Override
    public void close() {
        if (sluice != null) {
            sluice.close();
        }
    }
}
