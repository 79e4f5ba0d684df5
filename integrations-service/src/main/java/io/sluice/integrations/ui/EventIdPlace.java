package io.sluice.integrations.ui;

import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint looks for the id by which it knows a repeated event.
 *
 * @param header empty when it is none
 * @param pointer into the body, empty when it is none
 */
public record EventIdPlace(String header, String pointer) {

    static final EventIdPlace NOWHERE = new EventIdPlace("", "");

    static EventIdPlace of(VerificationScheme scheme, Verification verification, @Nullable Deduplication repeats) {
        return switch (repeats == null ? Deduplication.Key.SENDER : repeats.by()) {
            case SENDER -> ofSender(scheme, verification);
            case HEADER -> new EventIdPlace(name(repeats), "");
            case POINTER -> new EventIdPlace("", name(repeats));
            case BODY, NONE -> NOWHERE;
        };
    }

    public boolean isInBody() {
        return !pointer.isEmpty();
    }

    public boolean isInHeader() {
        return !header.isEmpty();
    }

    private static EventIdPlace ofSender(VerificationScheme scheme, Verification verification) {
        return switch (scheme) {
            case STANDARD_WEBHOOKS -> new EventIdPlace("webhook-id", "");
            case GITHUB -> new EventIdPlace("X-GitHub-Delivery", "");
            case SHOPIFY -> new EventIdPlace("X-Shopify-Event-Id", "");
            case WOOCOMMERCE -> new EventIdPlace("X-WC-Webhook-Delivery-ID", "");
            case TWILIO -> new EventIdPlace("I-Twilio-Idempotency-Token", "");
            case GITLAB -> new EventIdPlace("Idempotency-Key", "");
            case STRIPE -> new EventIdPlace("", "/id");
            case SLACK -> new EventIdPlace("", "/event_id");
            case HMAC, BASIC, BEARER, API_KEY, JWT, IP_LIST, NONE -> configured(verification);
            case ZOOM, META, DROPBOX, X, MICROSOFT_GRAPH -> NOWHERE;
        };
    }

    private static EventIdPlace configured(Verification verification) {
        return verification.eventIdHeader() != null
                ? new EventIdPlace(verification.eventIdHeader(), "")
                : new EventIdPlace("", Objects.requireNonNullElse(verification.eventIdPointer(), ""));
    }

    private static String name(@Nullable Deduplication repeats) {
        return repeats == null ? "" : Objects.requireNonNullElse(repeats.name(), "");
    }
}
