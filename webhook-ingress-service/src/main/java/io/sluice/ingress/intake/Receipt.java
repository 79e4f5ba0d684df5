package io.sluice.ingress.intake;

import java.util.List;
import java.util.UUID;

/** What became of one incoming call. */
sealed interface Receipt {

    /** Stored; the run will happen. */
    record Accepted(UUID runId) implements Receipt {}

    /** The sender repeated itself; nothing new was stored. */
    record Duplicate(UUID runId) implements Receipt {}

    /** A sender's question whether the URL lives; it starts nothing. */
    record Handshake(int status, String contentType, String body) implements Receipt {}

    /** Nothing is here: unknown, disabled, or rotated away. */
    record NotHere() implements Receipt {}

    record MethodNotAllowed(List<String> allowed) implements Receipt {}

    record TooLarge(int maxBodyBytes) implements Receipt {}

    /** The reason is for the owner's log, not for the answer. */
    record BadSignature(String reason) implements Receipt {}

    record Unsupported() implements Receipt {}
}
