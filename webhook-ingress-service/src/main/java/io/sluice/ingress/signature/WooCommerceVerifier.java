package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** WooCommerce: {@code X-WC-Webhook-Signature} is the HMAC-SHA256 of the body, in base64. */
final class WooCommerceVerifier implements Verifier {

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> signature = call.single("x-wc-webhook-signature");
        if (signature.isEmpty()) {
            return new Verdict.Refused("X-WC-Webhook-Signature is missing");
        }
        Optional<byte[]> received = Hmac.base64(signature.get());
        for (String secret : secrets) {
            byte[] key = secret.getBytes(StandardCharsets.UTF_8);
            if (Hmac.equal(Hmac.of("HmacSHA256", key, call.body()), received)) {
                return new Verdict.Verified();
            }
        }
        return new Verdict.Refused("X-WC-Webhook-Signature does not fit the body");
    }

    /** The delivery id is made of webhook and second, so two orders of one second share it: the body tells them apart. */
    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return call.single("x-wc-webhook-delivery-id").map(id -> id + "." + sha256(call.body()));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
