package io.sluice.run.seal;

import java.util.Base64;

/** The compact form: key id, encapsulated key and ciphertext, in base64url, joined by dots. */
record SealedText(String keyId, byte[] encapsulated, byte[] ciphertext) {

    /** @throws SealException when the text has another form */
    static SealedText parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new SealException("not a sealed text");
        }
        try {
            return new SealedText(
                    parts[0],
                    Base64.getUrlDecoder().decode(parts[1]),
                    Base64.getUrlDecoder().decode(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new SealException("not a sealed text", e);
        }
    }

    String text() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return keyId + "." + encoder.encodeToString(encapsulated) + "." + encoder.encodeToString(ciphertext);
    }
}
