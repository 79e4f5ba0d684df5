package io.sluice.ingress.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;

/** A sender's public key of Standard Webhooks: {@code whpk_} and 32 bytes in base64. */
record Ed25519Key(PublicKey key) {

    static final String PREFIX = "whpk_";

    /** What stands before the 32 bytes in a key of the form that the JDK reads (RFC 8410 §4). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = 32;

    /** Empty when it is no such key. */
    static Optional<Ed25519Key> of(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<byte[]> raw = Encoding.BASE64.decoded(secret.substring(PREFIX.length()));
        if (raw.isEmpty() || raw.get().length != LENGTH) {
            return Optional.empty();
        }
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Joined.of(HEAD, raw.get())));
            return Optional.of(new Ed25519Key(key));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    boolean signed(Optional<byte[]> signature, byte[]... parts) {
        if (signature.isEmpty()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            for (byte[] part : parts) {
                verifier.update(part);
            }
            return verifier.verify(signature.get());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
