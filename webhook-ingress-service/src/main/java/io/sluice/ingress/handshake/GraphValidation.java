package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Microsoft Graph posts a token in the query when a subscription is made, and wants it back as plain text. */
final class GraphValidation implements SenderHandshake {

    static final String PARAMETER = "validationToken";

    @Override
    public Set<String> schemes() {
        return Set.of("microsoft-graph");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("POST") && token(call).isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        return token(call).map(Echo::of).orElseGet(Handshake.None::new);
    }

    private static Optional<String> token(SignedCall call) {
        return FormFields.single(call.query(), PARAMETER);
    }
}
