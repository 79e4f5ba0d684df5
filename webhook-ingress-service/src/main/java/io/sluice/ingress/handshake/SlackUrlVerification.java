package io.sluice.ingress.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Slack's challenge. It is only repeated, with nothing of ours in the answer: so whether it is signed does not matter. */
final class SlackUrlVerification implements SenderHandshake {

    private static final String TYPE = "url_verification";

    @Override
    public Set<String> schemes() {
        return Set.of("slack");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return challenge(call).isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        return challenge(call).map(Echo::of).orElseGet(Handshake.None::new);
    }

    private static Optional<String> challenge(SignedCall call) {
        return SmallBody.json(call, TYPE)
                .filter(body -> TYPE.equals(body.path("type").textValue()))
                .map(body -> body.path("challenge"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }
}
