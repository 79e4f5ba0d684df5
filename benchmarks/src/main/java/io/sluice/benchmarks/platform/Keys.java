package io.sluice.benchmarks.platform;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The pair that the endpoints' secrets are sealed with, each as the services read it: {@code <id>:<base64>}. */
public record Keys(String privateKey, String publicKey) {

    public static Keys generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            return new Keys(
                    text(pair.getPrivate().getEncoded()), text(pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    private static String text(byte[] key) {
        return "ingress:" + Base64.getEncoder().encodeToString(key);
    }
}
