package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.KeyedAnswer;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Meta shows the token that was entered with it, and wants its challenge back if it is the right one. */
final class MetaSubscription implements SenderHandshake {

    static final String MODE = "hub.mode";

    @Override
    public Set<String> schemes() {
        return Set.of("meta");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("GET")
                && FormFields.of(call.query())
                        .filter(query ->
                                query.single(MODE).filter("subscribe"::equals).isPresent()
                                        && query.single("hub.challenge").isPresent())
                        .isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        String expected = verification.verifyToken();
        if (expected == null || expected.isBlank()) {
            return new Handshake.Refused("the endpoint has no verify token");
        }
        Optional<FormFields> query = FormFields.of(call.query());
        String received =
                query.flatMap(fields -> fields.single("hub.verify_token")).orElse("");
        if (!KeyedAnswer.isOneOf(received, expected)) {
            return new Handshake.Refused("hub.verify_token is not the endpoint's verify token");
        }
        return query.flatMap(fields -> fields.single("hub.challenge"))
                .map(Echo::of)
                .orElseGet(Handshake.None::new);
    }
}
