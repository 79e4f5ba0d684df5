package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Standard Webhooks 1.0: {@code v1} signatures, HMAC-SHA256 of {@code id.timestamp.body}. Svix' own header names are
 * preferred where they come, as its senders send both.
 */
final class StandardWebhooksVerifier implements Verifier {

    private final Timestamps timestamps;

    StandardWebhooksVerifier(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> id = header(call, "id");
        Optional<String> timestamp = header(call, "timestamp");
        Optional<String> signatures = header(call, "signature");
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            return new Verdict.Refused("webhook-id, webhook-timestamp or webhook-signature is missing");
        }
        if (!timestamps.isNear(timestamp.get(), verification)) {
            return new Verdict.Refused("webhook-timestamp is too far from now");
        }
        byte[] head = (id.get() + "." + timestamp.get() + ".").getBytes(StandardCharsets.UTF_8);
        for (String secret : secrets) {
            Optional<byte[]> key = Hmac.base64(secret.replaceFirst("^whsec_", ""));
            if (key.isPresent() && fits(Hmac.of("HmacSHA256", key.get(), head, call.body()), signatures.get())) {
                return new Verdict.Verified();
            }
        }
        return new Verdict.Refused("no signature in webhook-signature fits");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return header(call, "id");
    }

    private static boolean fits(byte[] expected, String signatures) {
        boolean fits = false;
        for (String signature : signatures.split(" ", -1)) {
            // All are looked at, so that the time does not tell which one it was.
            fits |= signature.startsWith("v1,") && Hmac.equal(expected, Hmac.base64(signature.substring(3)));
        }
        return fits;
    }

    private static Optional<String> header(SignedCall call, String part) {
        return call.single("svix-" + part)
                .or(() -> call.single("webhook-" + part))
                .filter(v -> !v.isBlank());
    }
}
