package io.sluice.integrations.integration;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a verification says besides its scheme and its secrets. Each scheme reads a few of them; the others are refused,
 * so that nobody believes they work.
 */
public enum VerificationField {
    HEADER("header", Verification::header),
    QUERY_PARAMETER("queryParameter", Verification::queryParameter),
    PREFIX("prefix", Verification::prefix),
    ALGORITHM("algorithm", Verification::algorithm),
    ENCODING("encoding", Verification::encoding),
    SIGNED_CONTENT("signedContent", Verification::signedContent),
    TIMESTAMP_HEADER("timestampHeader", Verification::timestampHeader),
    TOLERANCE_SECONDS("toleranceSeconds", Verification::toleranceSeconds),
    EVENT_ID_HEADER("eventIdHeader", Verification::eventIdHeader),
    EVENT_ID_POINTER("eventIdPointer", Verification::eventIdPointer),
    USERNAME("username", Verification::username),
    ISSUER("issuer", Verification::issuer),
    AUDIENCE("audience", Verification::audience),
    JWKS_URL("jwksUrl", Verification::jwksUrl),
    VERIFY_TOKEN("verifyToken", Verification::verifyToken);

    private final String wireName;
    private final Function<Verification, @Nullable Object> value;

    VerificationField(String wireName, Function<Verification, @Nullable Object> value) {
        this.wireName = wireName;
        this.value = value;
    }

    /** What the scheme reads. */
    public static Set<VerificationField> of(VerificationScheme scheme) {
        return switch (scheme) {
            case NONE, IP_LIST, BEARER -> EnumSet.of(EVENT_ID_HEADER, EVENT_ID_POINTER);
            case HMAC ->
                EnumSet.of(
                        HEADER,
                        PREFIX,
                        ALGORITHM,
                        ENCODING,
                        SIGNED_CONTENT,
                        TIMESTAMP_HEADER,
                        TOLERANCE_SECONDS,
                        EVENT_ID_HEADER,
                        EVENT_ID_POINTER);
            case STANDARD_WEBHOOKS, STRIPE, SLACK, ZOOM -> EnumSet.of(TOLERANCE_SECONDS);
            case API_KEY -> EnumSet.of(HEADER, QUERY_PARAMETER, EVENT_ID_HEADER, EVENT_ID_POINTER);
            case BASIC -> EnumSet.of(USERNAME, EVENT_ID_HEADER, EVENT_ID_POINTER);
            case JWT ->
                EnumSet.of(HEADER, TOLERANCE_SECONDS, ISSUER, AUDIENCE, JWKS_URL, EVENT_ID_HEADER, EVENT_ID_POINTER);
            case META -> EnumSet.of(VERIFY_TOKEN);
            case GITHUB, SHOPIFY, WOOCOMMERCE, TWILIO, DROPBOX, X, GITLAB, MICROSOFT_GRAPH ->
                EnumSet.noneOf(VerificationField.class);
        };
    }

    public String wireName() {
        return wireName;
    }

    /** As text, for a form; empty when it is not given. */
    public String text(Verification verification) {
        Object given = value.apply(verification);
        return given == null ? "" : given.toString();
    }

    String pointer() {
        return "/verification/" + wireName;
    }

    boolean isGiven(Verification verification) {
        return value.apply(verification) != null;
    }
}
