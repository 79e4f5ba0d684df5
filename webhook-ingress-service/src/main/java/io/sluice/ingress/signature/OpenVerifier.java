package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.List;
import java.util.Optional;

/** Takes every call: whoever knows the URL, and comes from an address that is let in, may start the integration. */
final class OpenVerifier implements Verifier {

    private final EventIds eventIds = EventIds.configured();
    private final Stamps stamps;

    OpenVerifier(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        return new Verdict.Verified();
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return Optional.empty();
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        return SignedRequest.of(unsigned, stamps.begun(unsigned, eventIds, verification));
    }
}
