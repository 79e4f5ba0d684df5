package io.sluice.run.seal;

/** Something cannot be sealed or opened; the message never holds the secret. */
public class SealException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SealException(String message) {
        super(message);
    }

    public SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
