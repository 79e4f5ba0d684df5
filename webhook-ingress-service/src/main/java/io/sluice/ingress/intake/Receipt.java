package io.sluice.ingress.intake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What became of one incoming call. */
public sealed interface Receipt {

    /**
     * Stored; the runs will happen. Of a batch that repeats some events, theirs are among them.
     *
     * @param filtered events of a batch that the endpoint's condition did not let through
     */
    record Accepted(List<UUID> runIds, boolean batch, int filtered) implements Receipt {

        Accepted(List<UUID> runIds, boolean batch) {
            this(runIds, batch, 0);
        }
    }

    /** The sender repeated itself; nothing new was stored. */
    record Duplicate(List<UUID> runIds, boolean batch, Optional<String> eventId) implements Receipt {}

    /** The endpoint's condition was not true; the reason is for the owner. */
    record Filtered(String reason) implements Receipt {}

    /** Shown to somebody who listens. */
    record Captured() implements Receipt {}

    /** A sender's question whether the URL lives; it starts nothing. */
    record Handshake(int status, Map<String, String> headers, String body) implements Receipt {}

    /** Nothing is here: unknown, disabled, or rotated away. */
    record NotHere() implements Receipt {}

    /** Not from an address that may call; outside it looks as if nothing were here. */
    record WrongAddress(String reason) implements Receipt {}

    record MethodNotAllowed(List<String> allowed) implements Receipt {}

    record TooLarge(long maxBodyBytes) implements Receipt {}

    /** The body did not come in time. */
    record TooSlow() implements Receipt {}

    /** A content type or encoding that is not taken here. */
    record WrongType(String detail) implements Receipt {}

    /** The reason is for the owner's log, not for the answer. */
    record BadSignature(String reason) implements Receipt {}

    /** Not what its content type says; the pointer is into the body. */
    record Malformed(String pointer, String detail) implements Receipt {}

    record TooManyCalls(Duration retryAfter) implements Receipt {}

    /** It cannot be taken now; the sender must send it again. */
    record Unavailable(String reason, Duration retryAfter) implements Receipt {

        /** This replica has as much to do as it can hold. */
        static Unavailable crowded() {
            return new Unavailable("too many calls at once", Duration.ofSeconds(1));
        }
    }
}
