package io.sluice.ingress.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.KeyedAnswer;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.Verdict;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.expression.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Zoom's question is answered with the key that signs its events. It is signed itself: an answer to an unsigned one would
 * sign any text for anyone.
 */
final class ZoomValidation implements SenderHandshake {

    private static final String EVENT = "endpoint.url_validation";

    /** Without a colon: no token is the beginning of what Zoom signs, {@code v0:time:body}. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_.-]{1,256}");

    private final Verifiers verifiers;

    ZoomValidation(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("zoom");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return token(call).isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        String token = token(call).orElse("");
        if (!TOKEN.matcher(token).matches()) {
            return new Handshake.Refused("plainToken is not of the kind that Zoom sends");
        }
        // Of two live secrets, Zoom knows the one that it signed with.
        for (String secret : secrets) {
            if (verifiers.verify(call, verification, List.of(secret)) instanceof Verdict.Verified) {
                return Handshake.Answered.json(
                        Json.text(Map.of("plainToken", token, "encryptedToken", KeyedAnswer.hex(secret, token))));
            }
        }
        return new Handshake.Refused(
                verifiers.verify(call, verification, secrets) instanceof Verdict.Refused(var reason)
                        ? reason
                        : "the question cannot be verified");
    }

    private static Optional<String> token(SignedCall call) {
        return SmallBody.json(call, EVENT)
                .filter(body -> EVENT.equals(body.path("event").textValue()))
                .map(body -> body.path("payload").path("plainToken"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }
}
