package io.sluice.run.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Opens what was sealed for this service, with whichever of its keys the text names. */
public final class Opener {

    private final Map<String, AsymmetricCipherKeyPair> keys;

    private Opener(Map<String, AsymmetricCipherKeyPair> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads keys.
     *
     * @param keys each {@code id:base64 of a PKCS #8 X25519 key}; several live at once while they are rotated
     * @throws SealException when one is none
     */
    public static Opener of(List<String> keys) {
        Map<String, AsymmetricCipherKeyPair> parsed = new HashMap<>();
        for (String key : keys) {
            KeyText text = KeyText.parse(key);
            parsed.put(text.id(), pair(text));
        }
        return new Opener(parsed);
    }

    /**
     * Opens a secret.
     *
     * @throws SealException when the key is unknown, or the text was not sealed for this tenant and thing
     */
    public String open(String sealed, String tenant, UUID context) {
        SealedText text = SealedText.parse(sealed);
        AsymmetricCipherKeyPair key = keys.get(text.keyId());
        if (key == null) {
            throw new SealException("sealed with the key " + text.keyId() + ", which this service does not have");
        }
        try {
            byte[] opened = Suite.hpke()
                    .open(
                            text.encapsulated(),
                            key,
                            Suite.info(),
                            Suite.binding(tenant, context),
                            text.ciphertext(),
                            null,
                            null,
                            null);
            return new String(opened, StandardCharsets.UTF_8);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new SealException("cannot be opened: not sealed for this", e);
        }
    }

    private static AsymmetricCipherKeyPair pair(KeyText text) {
        try {
            AsymmetricKeyParameter key =
                    PrivateKeyFactory.createKey(Base64.getDecoder().decode(text.base64()));
            if (key instanceof X25519PrivateKeyParameters secret) {
                return new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
            }
            throw new SealException("key " + text.id() + " is not an X25519 private key");
        } catch (IOException | IllegalArgumentException e) {
            throw new SealException("key " + text.id() + " is not an X25519 private key", e);
        }
    }
}
