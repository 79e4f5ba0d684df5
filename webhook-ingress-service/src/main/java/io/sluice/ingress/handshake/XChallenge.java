package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.KeyedAnswer;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.run.expression.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * X's question is answered with the key that signs its events, and need not be signed. So only a token is signed, never
 * what could be an event: those are JSON objects, and {@code XVerifier} takes nothing else.
 */
final class XChallenge implements SenderHandshake {

    static final String PARAMETER = "crc_token";

    private static final String SIGNATURE = "x-twitter-webhooks-signature";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9+/=_.-]{8,128}");

    @Override
    public Set<String> schemes() {
        return Set.of("x");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("GET") && token(call).isPresent();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        String token = token(call).orElse("");
        if (!TOKEN.matcher(token).matches()) {
            return new Handshake.Refused(PARAMETER + " is not of the kind that X sends");
        }
        return secret(call, secrets)
                .<Handshake>map(secret -> Handshake.Answered.json(
                        Json.text(Map.of("response_token", "sha256=" + KeyedAnswer.base64(secret, token)))))
                .orElseGet(() -> new Handshake.Refused("the question's signature does not fit, or there is no secret"));
    }

    /** The secret that X signed with, where it signs: the query string, as there is no body. Else the first. */
    private static Optional<String> secret(SignedCall call, List<String> secrets) {
        List<String> usable =
                secrets.stream().filter(secret -> !secret.isBlank()).toList();
        if (!call.headers().containsKey(SIGNATURE)) {
            return usable.stream().findFirst();
        }
        return call.single(SIGNATURE)
                .flatMap(signature -> usable.stream()
                        .filter(secret -> KeyedAnswer.isOneOf(
                                signature,
                                "sha256=" + KeyedAnswer.base64(secret, call.query()),
                                "sha256=" + KeyedAnswer.base64(secret, "")))
                        .findFirst());
    }

    private static Optional<String> token(SignedCall call) {
        return FormFields.single(call.query(), PARAMETER);
    }
}
