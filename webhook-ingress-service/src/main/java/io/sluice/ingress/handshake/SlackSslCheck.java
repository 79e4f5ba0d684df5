package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Set;

/** Slack looks at the certificate now and then by an unsigned form, and wants 200. */
final class SlackSslCheck implements SenderHandshake {

    @Override
    public Set<String> schemes() {
        return Set.of("slack");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return SmallBody.form(call)
                .flatMap(form -> form.single("ssl_check"))
                .filter("1"::equals)
                .isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        return Handshake.Answered.text("");
    }
}
