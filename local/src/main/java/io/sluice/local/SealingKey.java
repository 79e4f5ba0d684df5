package io.sluice.local;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** An X25519 key pair, as the services read it: {@code <key id>:<base64>}. */
record SealingKey(String privateKey, String publicKey) {

    static SealingKey generate(String keyId) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return new SealingKey(
                    keyId + ":" + base64.encodeToString(pair.getPrivate().getEncoded()),
                    keyId + ":" + base64.encodeToString(pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK since 11 has X25519", e);
        }
    }
}
