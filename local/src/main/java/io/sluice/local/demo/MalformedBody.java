package io.sluice.local.demo;

import org.jspecify.annotations.Nullable;

/** The body could not be read. A type of its own, since each system words that in its own format. */
final class MalformedBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedBody(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
