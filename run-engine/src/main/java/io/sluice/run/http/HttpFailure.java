package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import org.jspecify.annotations.Nullable;

/** A call that got no answer. */
public class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, so that callers can tell what a retry may mend. */
    public enum Reason {
        BLOCKED_ADDRESS,
        INVALID_URL,
        /** A header or another part that no request can have. */
        INVALID_REQUEST,
        TOO_LARGE,
        TIMEOUT,
        /** Our memory for bodies was used up all the time; the target has no part in it. */
        NO_ROOM,
        COMMUNICATION,
        CREDENTIAL
    }

    private final Reason reason;
    private final transient @Nullable HttpRequestLog sent;

    public HttpFailure(Reason reason, String message, @Nullable HttpRequestLog sent, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sent = sent;
    }

    public HttpFailure(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /** The same with the request that failed, in words that show no secret. */
    HttpFailure about(HttpRequestLog request, Masking masking) {
        return new HttpFailure(reason, masking.text(String.valueOf(getMessage())), request, getCause());
    }

    public Reason reason() {
        return reason;
    }

    public @Nullable HttpRequestLog sent() {
        return sent;
    }
}
