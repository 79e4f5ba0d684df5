package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Verifies calls by one scheme. */
interface Verifier {

    /** @param secrets all that are live, none of them blank; one that fits is enough */
    Verdict verify(SignedCall call, Verification verification, List<String> secrets);

    /** What names the event, so that its repetition starts nothing; empty where the sender gives no such thing. */
    Optional<String> eventId(SignedCall call, Verification verification);

    /** What was compared; empty where nothing is. */
    Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets);

    /** Signs as the sender would. */
    SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets);

    /** Headers that hold the secret itself, in small letters. */
    default Set<String> credentialHeaders(Verification verification) {
        return Set.of();
    }

    /** Headers that hold a signature, in small letters. */
    default Set<String> signatureHeaders(Verification verification) {
        return Set.of();
    }

    /** Parameters of the query string that hold a secret. */
    default Set<String> credentialQuery(Verification verification) {
        return Set.of();
    }

    /** Whether verifying may wait for the network. */
    default boolean mayBlock() {
        return false;
    }
}
