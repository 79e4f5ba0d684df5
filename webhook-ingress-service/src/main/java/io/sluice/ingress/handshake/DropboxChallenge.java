package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Dropbox asks for its challenge back, as plain text that no browser may take for a page. */
final class DropboxChallenge implements SenderHandshake {

    static final String PARAMETER = "challenge";

    @Override
    public Set<String> schemes() {
        return Set.of("dropbox");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("GET") && challenge(call).isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        return challenge(call).map(Echo::of).orElseGet(Handshake.None::new);
    }

    private static Optional<String> challenge(SignedCall call) {
        return FormFields.single(call.query(), PARAMETER);
    }
}
