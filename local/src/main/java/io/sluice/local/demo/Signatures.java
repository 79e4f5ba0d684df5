package io.sluice.local.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signatures of the three schemes that the demo systems send or check. */
final class Signatures {

    private Signatures() {}

    /** Unleashed: over the query string as sent, without the question mark; empty when there is none. */
    static String unleashed(String apiKey, String rawQuery) {
        return base64(hmac("HmacSHA256", bytes(apiKey), rawQuery));
    }

    /** WooCommerce: over the raw body. */
    static String wooCommerce(String secret, String body) {
        return base64(hmac("HmacSHA256", bytes(secret), body));
    }

    /** Standard Webhooks 1.0, symmetric: the secret is base64 after its prefix. */
    static String standardWebhooks(String secret, String id, long timestamp, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring(WebhookTarget.SECRET_PREFIX.length()));
        return "v1," + base64(hmac("HmacSHA256", key, id + "." + timestamp + "." + body));
    }

    /** WordPress's {@code wp_hash}, which WooCommerce makes delivery ids with. */
    static String wordPressHash(String salt, String data) {
        return HexFormat.of().formatHex(hmac("HmacMD5", bytes(salt), data));
    }

    /** Compares in constant time. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(bytes(one), bytes(other));
    }

    private static byte[] hmac(String algorithm, byte[] key, String text) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
