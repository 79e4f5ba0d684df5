package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.util.List;
import java.util.Optional;

/** Takes every call: whoever knows the URL may start the integration. */
final class NoVerifier implements Verifier {

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        return new Verdict.Verified();
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return EventIds.of(call, verification);
    }
}
