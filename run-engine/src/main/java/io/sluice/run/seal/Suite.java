package io.sluice.run.seal;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.hpke.HPKE;

/** HPKE (RFC 9180), base mode: X25519, HKDF-SHA256, AES-256-GCM, by Bouncy Castle's lightweight API. */
final class Suite {

    private static final byte[] INFO = "sluice credential v1".getBytes(StandardCharsets.UTF_8);

    private Suite() {}

    static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    static byte[] info() {
        return INFO.clone();
    }

    /** What a sealed text is bound to: it opens for this tenant and this thing alone. */
    static byte[] binding(String tenant, Object context) {
        return (tenant + "\n" + context).getBytes(StandardCharsets.UTF_8);
    }
}
