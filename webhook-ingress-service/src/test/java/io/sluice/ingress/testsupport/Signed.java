package io.sluice.ingress.testsupport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as senders do. */
public final class Signed {

    private Signed() {}

    public static byte[] hmac(String algorithm, byte[] key, String content) {
        return hmac(algorithm, key, content.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] hmac(String algorithm, byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hex(String algorithm, String secret, String content) {
        return HexFormat.of().formatHex(hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8), content));
    }

    public static String base64(String algorithm, String secret, String content) {
        return Base64.getEncoder().encodeToString(hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8), content));
    }

    /** What GitHub sends in X-Hub-Signature-256. */
    public static String github(String secret, byte[] body) {
        return "sha256=" + HexFormat.of().formatHex(hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8), body));
    }

    public static String github(String secret, String body) {
        return github(secret, body.getBytes(StandardCharsets.UTF_8));
    }

    /** One signature of Standard Webhooks. */
    public static String v1(String secret, String id, long timestamp, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(hmac("HmacSHA256", key, id + "." + timestamp + "." + body));
    }

    /** The three headers of Standard Webhooks. */
    public static String[] standard(String secret, String id, long timestamp, String body) {
        return new String[] {
            "webhook-id",
            id,
            "webhook-timestamp",
            String.valueOf(timestamp),
            "webhook-signature",
            v1(secret, id, timestamp, body)
        };
    }

    public static long now() {
        return Instant.now().getEpochSecond();
    }
}
