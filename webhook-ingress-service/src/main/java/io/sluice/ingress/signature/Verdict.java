package io.sluice.ingress.signature;

/** Whether a call comes from its sender. */
public sealed interface Verdict {

    record Verified() implements Verdict {}

    /** The reason is for the endpoint's owner, never for the caller. */
    record Refused(String reason) implements Verdict {}

    /** Cannot be judged now, since the issuer's keys cannot be had: the sender must try again. */
    record Unavailable(String reason) implements Verdict {}
}
