package io.sluice.run.api;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** The keys that open what was sealed for this service. */
@ConfigMapping(prefix = "sluice.sealing")
public interface SealingConfig {

    /** Each {@code id:base64 of a PKCS #8 X25519 key}; keep the old one beside the new one while keys are rotated. */
    List<String> privateKeys();
}
