package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.util.List;
import java.util.Optional;

/** Verifies calls by one scheme. */
interface Verifier {

    /** @param secrets all that are live; one that fits is enough */
    Verdict verify(SignedCall call, Verification verification, List<String> secrets);

    /** What names the event, so that its repetition starts nothing; empty where the sender gives no such thing. */
    Optional<String> eventId(SignedCall call, Verification verification);
}
