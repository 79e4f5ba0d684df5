package io.sluice.ingress.signature;

/** Whether a call comes from its sender. */
public sealed interface Verdict {

    record Verified() implements Verdict {}

    /** The reason is for the endpoint's owner, never for the caller. */
    record Refused(String reason) implements Verdict {}
}
