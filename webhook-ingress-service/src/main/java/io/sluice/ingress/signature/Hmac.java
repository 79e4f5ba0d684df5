package io.sluice.ingress.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed digests, and their comparison in constant time. */
final class Hmac {

    static final String SHA1 = "HmacSHA1";
    static final String SHA256 = "HmacSHA256";
    static final String SHA512 = "HmacSHA512";

    private Hmac() {}

    /**
     * @param algorithm the JDK's name, such as {@code HmacSHA256}
     * @param key not empty
     */
    static byte[] of(String algorithm, byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static byte[] of(String algorithm, String secret, byte[]... parts) {
        return of(algorithm, utf8(secret), parts);
    }

    /** Whether one of the secrets made it. All are tried, so that the time does not tell which one it was. */
    static boolean anyFits(String algorithm, List<String> secrets, Optional<byte[]> received, byte[]... parts) {
        boolean fits = false;
        for (String secret : secrets) {
            fits |= equal(of(algorithm, secret, parts), received);
        }
        return fits;
    }

    static boolean equal(byte[] expected, Optional<byte[]> received) {
        return received.isPresent() && MessageDigest.isEqual(expected, received.get());
    }

    /** Whether a secret was sent itself. The time depends on what was sent, not on the secret. */
    static boolean isOneOf(String received, List<String> secrets) {
        byte[] bytes = utf8(received);
        boolean equal = false;
        for (String secret : secrets) {
            equal |= MessageDigest.isEqual(bytes, utf8(secret));
        }
        return equal;
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
