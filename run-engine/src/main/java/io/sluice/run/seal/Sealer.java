package io.sluice.run.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Seals for one receiver, by its public key; cannot open what it sealed. */
public final class Sealer {

    private final String keyId;
    private final AsymmetricKeyParameter publicKey;

    private Sealer(String keyId, AsymmetricKeyParameter publicKey) {
        this.keyId = keyId;
        this.publicKey = publicKey;
    }

    /**
     * Reads a key.
     *
     * @param key {@code id:base64 of an X.509 SubjectPublicKeyInfo of an X25519 key}
     * @throws SealException when it is none
     */
    public static Sealer of(String key) {
        KeyText text = KeyText.parse(key);
        try {
            AsymmetricKeyParameter parsed =
                    PublicKeyFactory.createKey(Base64.getDecoder().decode(text.base64()));
            if (parsed instanceof X25519PublicKeyParameters) {
                return new Sealer(text.id(), parsed);
            }
            throw new SealException("key " + text.id() + " is not an X25519 public key");
        } catch (IOException | IllegalArgumentException e) {
            throw new SealException("key " + text.id() + " is not an X25519 public key", e);
        }
    }

    /** Seals a secret for a tenant and the thing that it belongs to (connection, integration). */
    public String seal(String secret, String tenant, UUID context) {
        try {
            byte[][] sealed = Suite.hpke()
                    .seal(
                            publicKey,
                            Suite.info(),
                            Suite.binding(tenant, context),
                            secret.getBytes(StandardCharsets.UTF_8),
                            null,
                            null,
                            null);
            return new SealedText(keyId, sealed[1], sealed[0]).text();
        } catch (InvalidCipherTextException e) {
            throw new SealException("cannot seal", e);
        }
    }
}
