package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schemes by name. An unknown one refuses: it never lets a call through. */
@Singleton
public class Verifiers {

    private final Map<String, Verifier> schemes;

    public Verifiers(InstantSource clock) {
        Timestamps timestamps = new Timestamps(clock);
        this.schemes = Map.of(
                "none", new NoVerifier(),
                "hmac", new HmacVerifier(timestamps),
                "standard-webhooks", new StandardWebhooksVerifier(timestamps),
                "woocommerce", new WooCommerceVerifier());
    }

    public boolean knows(String scheme) {
        return schemes.containsKey(scheme);
    }

    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        @Nullable Verifier verifier = schemes.get(verification.scheme());
        return verifier == null
                ? new Verdict.Refused("the scheme “" + verification.scheme() + "” is not known")
                : verifier.verify(call, verification, secrets);
    }

    public Optional<String> eventId(SignedCall call, Verification verification) {
        return Optional.ofNullable(schemes.get(verification.scheme()))
                .flatMap(verifier -> verifier.eventId(call, verification));
    }
}
