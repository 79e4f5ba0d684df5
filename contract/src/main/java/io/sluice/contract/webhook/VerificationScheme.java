package io.sluice.contract.webhook;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The schemes by which a call proves its sender. On the wire a scheme is text, so that a newer one can be passed on. */
public enum VerificationScheme {
    /** Takes every call: whoever knows the URL starts the integration. */
    NONE("none", "No verification", false, Duration.ofSeconds(10)),
    /** Takes every call from the addresses that the endpoint allows. */
    IP_LIST("ip-list", "Addresses", false, Duration.ofSeconds(10)),
    HMAC("hmac", "HMAC", true, Duration.ofSeconds(10)),
    STANDARD_WEBHOOKS("standard-webhooks", "Standard Webhooks, Svix", true, Duration.ofSeconds(15)),
    GITHUB("github", "GitHub", true, Duration.ofSeconds(10)),
    STRIPE("stripe", "Stripe", true, Duration.ofSeconds(10)),
    SHOPIFY("shopify", "Shopify", true, Duration.ofSeconds(5)),
    SLACK("slack", "Slack", true, Duration.ofSeconds(3)),
    WOOCOMMERCE("woocommerce", "WooCommerce", true, Duration.ofSeconds(5)),
    TWILIO("twilio", "Twilio", true, Duration.ofSeconds(10)),
    ZOOM("zoom", "Zoom", true, Duration.ofSeconds(3)),
    META("meta", "Meta", true, Duration.ofSeconds(10)),
    DROPBOX("dropbox", "Dropbox", true, Duration.ofSeconds(10)),
    X("x", "X", true, Duration.ofSeconds(3)),
    GITLAB("gitlab", "GitLab", true, Duration.ofSeconds(10)),
    MICROSOFT_GRAPH("microsoft-graph", "Microsoft Graph", true, Duration.ofSeconds(3)),
    /** RFC 7617. */
    BASIC("basic", "Basic authentication", true, Duration.ofSeconds(10)),
    /** RFC 6750. */
    BEARER("bearer", "Bearer token", true, Duration.ofSeconds(10)),
    API_KEY("api-key", "API key", true, Duration.ofSeconds(10)),
    /** RFC 7519, keys by RFC 7517. */
    JWT("jwt", "JWT", false, Duration.ofSeconds(10));

    private static final Duration SHORTEST_MARGIN = Duration.ofMillis(500);

    private final String wireName;
    private final String title;
    private final boolean hasSecrets;
    private final Duration senderDeadline;

    VerificationScheme(String wireName, String title, boolean hasSecrets, Duration senderDeadline) {
        this.wireName = wireName;
        this.title = title;
        this.hasSecrets = hasSecrets;
        this.senderDeadline = senderDeadline;
    }

    /** Empty when only a newer version knows it. */
    public static Optional<VerificationScheme> of(String wireName) {
        return Arrays.stream(values())
                .filter(scheme -> scheme.wireName.equals(wireName))
                .findFirst();
    }

    public static List<String> wireNames() {
        return Arrays.stream(values()).map(VerificationScheme::wireName).toList();
    }

    public String wireName() {
        return wireName;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether it needs secrets: one, or two while they are rotated. */
    public boolean hasSecrets() {
        return hasSecrets;
    }

    /** How long the sender waits for an answer, by its documentation; 10 s where it says nothing. */
    public Duration senderDeadline() {
        return senderDeadline;
    }

    /** How long an answer may wait for the run, so that it still reaches the sender in its time. */
    public Duration answerWithin() {
        Duration tenth = senderDeadline.dividedBy(10);
        return senderDeadline.minus(tenth.compareTo(SHORTEST_MARGIN) < 0 ? SHORTEST_MARGIN : tenth);
    }
}
