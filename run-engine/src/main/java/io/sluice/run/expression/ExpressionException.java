package io.sluice.run.expression;

/** An expression cannot be parsed or evaluated; the message is for the flow's author. */
public class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExpressionException(String message, Throwable cause) {
        super(message, cause);
    }

    public ExpressionException(String message) {
        super(message);
    }
}
