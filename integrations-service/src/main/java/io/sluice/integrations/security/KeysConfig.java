package io.sluice.integrations.security;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** The keys that secrets are sealed with: X25519, each {@code id:base64}. */
@ConfigMapping(prefix = "sluice.sealing")
public interface KeysConfig {

    /** This service's own private keys (PKCS #8), the current one first: for webhook URLs, which editors see again. */
    List<String> privateKeys();

    /** The public part (X.509) of the current own key. */
    String publicKey();

    /** The public key of webhook-ingress-service. */
    String ingressPublicKey();

    /** The public key of scheduler-service. */
    String schedulerPublicKey();
}
