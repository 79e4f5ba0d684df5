package io.sluice.ingress.signature;

import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/** The public keys of those who issue tokens. */
@FunctionalInterface
public interface IssuerKeys {

    /**
     * May wait for the network.
     *
     * @param keyId the key that is looked for; none when the token does not say
     */
    Found find(String jwksUrl, @Nullable String keyId);

    /** What the issuer publishes. */
    sealed interface Found {

        /** All that it publishes, with or without the one that is looked for. */
        record Keys(List<JsonWebKey> keys) implements Found {
            public Keys {
                keys = List.copyOf(keys);
            }
        }

        /** They cannot be had now. */
        record Unavailable(String reason) implements Found {}
    }
}
