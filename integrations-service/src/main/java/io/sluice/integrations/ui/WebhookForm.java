package io.sluice.integrations.ui;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The webhook tab's form as it stands or was typed. */
public record WebhookForm(
        boolean enabled,
        String scheme,
        boolean secretStored,
        String header,
        String prefix,
        String encoding,
        String eventIdHeader,
        List<String> methods) {

    private static final List<String> ALL_METHODS = List.of("POST", "PUT", "PATCH", "GET", "DELETE");

    static WebhookForm of(Webhook webhook) {
        Verification verification = webhook.verification();
        return new WebhookForm(
                webhook.enabled(),
                verification.scheme(),
                verification.secrets() != null && !verification.secrets().isEmpty(),
                text(verification.header()),
                text(verification.prefix()),
                Objects.requireNonNullElse(verification.encoding(), "hex"),
                text(verification.eventIdHeader()),
                webhook.methods());
    }

    static WebhookForm of(MultivaluedMap<String, String> form, Webhook stored) {
        return new WebhookForm(
                form.getFirst("enabled") != null,
                text(form.getFirst("scheme")),
                stored.verification().secrets() != null
                        && !stored.verification().secrets().isEmpty(),
                text(form.getFirst("header")),
                text(form.getFirst("prefix")),
                text(form.getFirst("encoding")),
                text(form.getFirst("eventIdHeader")),
                Objects.requireNonNullElse(form.get("methods"), List.of()));
    }

    /** @param stored what the form does not show stays as it is, while the scheme stays */
    WebhookSettings settings(String secret, Verification stored) {
        boolean same = stored.scheme().equals(scheme);
        List<String> kept = stored.secrets() == null || !same ? List.of() : stored.secrets();
        // Nothing typed keeps what is stored, all of it at its place.
        List<String> secrets = scheme.equals("none") ? List.of() : !secret.isBlank() ? List.of(secret.strip()) : kept;
        boolean hmac = scheme.equals("hmac");
        Verification verification = new Verification(
                scheme,
                secrets,
                hmac ? blankToNull(header) : same ? stored.header() : null,
                same ? stored.queryParameter() : null,
                hmac ? blankToNull(prefix) : null,
                same ? stored.algorithm() : null,
                hmac ? blankToNull(encoding) : null,
                same ? stored.signedContent() : null,
                same ? stored.timestampHeader() : null,
                same ? stored.toleranceSeconds() : null,
                hmac || scheme.equals("none") ? blankToNull(eventIdHeader) : null,
                same ? stored.eventIdPointer() : null,
                same ? stored.username() : null,
                same ? stored.issuer() : null,
                same ? stored.audience() : null,
                same ? stored.jwksUrl() : null,
                same ? stored.verifyToken() : null);
        return new WebhookSettings(enabled, verification, methods, null, null);
    }

    public List<String> allMethods() {
        return ALL_METHODS;
    }

    public boolean allows(String method) {
        return methods.contains(method);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static @Nullable String blankToNull(String value) {
        return value.isBlank() ? null : value;
    }
}
