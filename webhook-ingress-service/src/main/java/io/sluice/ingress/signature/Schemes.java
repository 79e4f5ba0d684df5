package io.sluice.ingress.signature;

import static java.util.Map.entry;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** How each sender proves itself and names its events, by the wire names of the contract. */
final class Schemes {

    private static final SignatureFormat GITHUB =
            SignatureFormat.ofBody("X-Hub-Signature-256", "sha256=", Encoding.HEX);
    private static final SignatureFormat SHOPIFY = SignatureFormat.ofBody("X-Shopify-Hmac-SHA256", "", Encoding.BASE64);
    private static final SignatureFormat SLACK =
            SignatureFormat.ofTimeAndBody("X-Slack-Signature", "X-Slack-Request-Timestamp");
    private static final SignatureFormat WOOCOMMERCE =
            SignatureFormat.ofBody("X-WC-Webhook-Signature", "", Encoding.BASE64);
    private static final SignatureFormat ZOOM =
            SignatureFormat.ofTimeAndBody("X-Zm-Signature", "X-Zm-Request-Timestamp");
    private static final SignatureFormat DROPBOX = SignatureFormat.ofBody("X-Dropbox-Signature", "", Encoding.HEX);

    private Schemes() {}

    static Map<String, Verifier> all(InstantSource clock, IssuerKeys keys, Stamps stamps) {
        OpenVerifier open = new OpenVerifier(stamps);
        return Map.ofEntries(
                entry("none", open),
                entry("ip-list", open),
                entry("hmac", new HeaderSignatureVerifier(SignatureFormat::of, EventIds.configured(), stamps)),
                entry("standard-webhooks", new StandardWebhooksVerifier(stamps)),
                entry("github", preset(GITHUB, EventIds.header("X-GitHub-Delivery"), stamps)),
                entry("stripe", new StripeVerifier(stamps)),
                entry(
                        "shopify",
                        preset(SHOPIFY, EventIds.header("X-Shopify-Event-Id", "X-Shopify-Webhook-Id"), stamps)),
                entry("slack", preset(SLACK, EventIds.body("/event_id"), stamps)),
                entry("woocommerce", preset(WOOCOMMERCE, EventIds.wooCommerce(), stamps)),
                entry("twilio", new TwilioVerifier(stamps)),
                entry("zoom", preset(ZOOM, EventIds.none(), stamps)),
                // Meta signs as GitHub does, but names no event.
                entry("meta", preset(GITHUB, EventIds.none(), stamps)),
                entry("dropbox", preset(DROPBOX, EventIds.none(), stamps)),
                entry("x", new XVerifier(stamps)),
                entry("gitlab", secret(new SecretPlace.Header("X-Gitlab-Token", ""), gitlabId(), stamps)),
                entry("microsoft-graph", new MicrosoftGraphVerifier()),
                entry("basic", new BasicVerifier(stamps)),
                entry("bearer", secret(SecretPlace.bearer(), EventIds.configured(), stamps)),
                entry("api-key", new SecretVerifier(SecretPlace::chosen, EventIds.configured(), stamps)),
                entry("jwt", new JwtVerifier(clock, keys)));
    }

    /** Not X-Gitlab-Event-UUID, which recursive events share. */
    private static EventIds gitlabId() {
        return EventIds.header("Idempotency-Key");
    }

    private static Verifier preset(SignatureFormat format, EventIds eventIds, Stamps stamps) {
        return HeaderSignatureVerifier.preset(format, eventIds, stamps);
    }

    private static Verifier secret(SecretPlace place, EventIds eventIds, Stamps stamps) {
        return new SecretVerifier(verification -> Optional.of(place), eventIds, stamps);
    }
}
