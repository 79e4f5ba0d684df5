package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Standard Webhooks 1.0: signatures of {@code id.timestamp.body}; {@code v1} by HMAC-SHA256, {@code v1a} by Ed25519.
 * Svix' own header names are preferred where they come, as its senders send both.
 */
final class StandardWebhooksVerifier implements Verifier {

    private static final String SECRET_PREFIX = "whsec_";

    /** While keys are changed there are two or three. Bounds what one call can cost. */
    private static final int MOST_SIGNATURES = 16;

    private final Stamps stamps;

    StandardWebhooksVerifier(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> timestamp = header(call, "timestamp");
        Optional<String> signatures = header(call, "signature");
        Optional<byte[]> head = head(call);
        if (head.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            return new Verdict.Refused("webhook-id, webhook-timestamp or webhook-signature is missing or comes twice");
        }
        if (!stamps.times().isNear(timestamp.get(), verification)) {
            return new Verdict.Refused("webhook-timestamp is too far from now");
        }
        List<String> all = Arrays.asList(signatures.get().split(" ", -1));
        if (all.size() > MOST_SIGNATURES) {
            return new Verdict.Refused("webhook-signature holds more than " + MOST_SIGNATURES + " signatures");
        }
        if (secrets.stream().noneMatch(StandardWebhooksVerifier::isKey)) {
            return new Verdict.Refused(
                    "the endpoint's secret is neither base64, with or without whsec_, nor a whpk_ key");
        }
        boolean fits = false;
        for (String secret : secrets) {
            fits |= fits(secret, all, head.get(), call.body());
        }
        return fits ? new Verdict.Verified() : new Verdict.Refused("no signature in webhook-signature fits");
    }

    private static boolean fits(String secret, List<String> signatures, byte[] head, byte[] body) {
        Optional<Ed25519Key> publicKey = Ed25519Key.of(secret);
        Optional<byte[]> expected = key(secret).map(key -> Hmac.of(Hmac.SHA256, key, head, body));
        boolean fits = false;
        for (String signature : signatures) {
            // All are looked at, so that the time does not tell which one it was.
            if (expected.isPresent() && signature.startsWith("v1,")) {
                fits |= Hmac.equal(expected.get(), Encoding.BASE64.decoded(signature.substring(3)));
            } else if (publicKey.isPresent() && signature.startsWith("v1a,")) {
                fits |= publicKey.get().signed(Encoding.BASE64.decoded(signature.substring(4)), head, body);
            }
        }
        return fits;
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return header(call, "id");
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        Optional<byte[]> head = head(call);
        return Explained.compared(
                verification.scheme(),
                name(call, "signature"),
                header(call, "signature"),
                head.flatMap(h -> secrets.stream()
                        .flatMap(secret -> key(secret).stream())
                        .findFirst()
                        .map(key -> signature(key, h, call.body()))),
                head.map(h -> Joined.of(h, call.body())));
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        byte[] key = secrets.stream()
                .flatMap(secret -> key(secret).stream())
                .findFirst()
                .orElseThrow(() -> Unsignable.because(
                        "Calls are signed with the sender's private key, which only the sender has."));
        String id = header(unsigned, "id").orElseGet(() -> "msg_" + stamps.id());
        String time = stamps.times().now();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", time);
        headers.put("webhook-signature", signature(key, Hmac.utf8(id + "." + time + "."), unsigned.body()));
        return SignedRequest.of(unsigned, headers);
    }

    @Override
    public Set<String> signatureHeaders(Verification verification) {
        return Set.of("webhook-signature", "svix-signature");
    }

    private static String signature(byte[] key, byte[] head, byte[] body) {
        return "v1," + Encoding.BASE64.encoded(Hmac.of(Hmac.SHA256, key, head, body));
    }

    /** What is signed before the body. */
    private static Optional<byte[]> head(SignedCall call) {
        return header(call, "id")
                .flatMap(id -> header(call, "timestamp").map(time -> Hmac.utf8(id + "." + time + ".")));
    }

    private static boolean isKey(String secret) {
        return key(secret).isPresent() || Ed25519Key.of(secret).isPresent();
    }

    /** A secret's bytes; empty when it is a public key, or no base64. */
    private static Optional<byte[]> key(String secret) {
        try {
            String base64 = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
            return Optional.of(Base64.getDecoder().decode(base64)).filter(key -> key.length > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(SignedCall call, String part) {
        return call.single(name(call, part)).filter(value -> !value.isBlank());
    }

    private static String name(SignedCall call, String part) {
        return (call.headers().containsKey("svix-" + part) ? "svix-" : "webhook-") + part;
    }
}
