package io.sluice.ingress.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The secret part of webhook URLs. */
final class Tokens {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;

    private Tokens() {}

    /** What could be a token: anything else is not worth asking the database. */
    static boolean isWellFormed(String token) {
        return token.length() >= SHORTEST
                && token.length() <= LONGEST
                && token.chars().allMatch(c -> c == '-' || c == '_' || isAlphanumeric(c));
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
