package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * X. Its handshake makes signatures of short texts for whoever asks; so a call is taken only with a body that no such
 * text can be, a JSON object.
 */
final class XVerifier implements Verifier {

    private final HeaderSignatureVerifier signature;

    XVerifier(Stamps stamps) {
        this.signature = HeaderSignatureVerifier.preset(
                SignatureFormat.ofBody("X-Twitter-Webhooks-Signature", "sha256=", Encoding.BASE64),
                EventIds.none(),
                stamps);
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        return call.body().length > 0 && call.body()[0] == '{'
                ? signature.verify(call, verification, secrets)
                : new Verdict.Refused("the body is not a JSON object, as all that X sends");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return signature.eventId(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return signature.explain(call, verification, secrets);
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        return signature.sign(unsigned, verification, secrets);
    }

    @Override
    public Set<String> signatureHeaders(Verification verification) {
        return signature.signatureHeaders(verification);
    }
}
