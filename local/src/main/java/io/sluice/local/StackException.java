package io.sluice.local;

/** The stack cannot start or go on. The message is written for the person at the terminal and needs no stack trace. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
