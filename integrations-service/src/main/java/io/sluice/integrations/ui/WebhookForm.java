package io.sluice.integrations.ui;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.integration.VerificationField;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The webhook tab's form as it stands or was typed.
 *
 * @param values of the verification's fields, by their names
 * @param addresses that may call, one a line
 */
public record WebhookForm(
        boolean enabled,
        String scheme,
        boolean secretStored,
        Map<String, String> values,
        List<String> methods,
        String addresses) {

    private static final List<String> ALL_METHODS = List.of("POST", "PUT", "PATCH", "GET", "DELETE", "HEAD", "OPTIONS");

    static WebhookForm of(Webhook webhook) {
        Verification verification = webhook.verification();
        Map<String, String> values = new HashMap<>();
        for (VerificationField field : VerificationField.values()) {
            values.put(field.wireName(), field.text(verification));
        }
        return new WebhookForm(
                webhook.enabled(),
                verification.scheme(),
                hasSecrets(verification),
                values,
                webhook.methods(),
                String.join("\n", addresses(webhook)));
    }

    /** What the form has no input for is as it was stored, while the scheme stays. */
    static WebhookForm of(MultivaluedMap<String, String> form, Webhook stored) {
        String scheme = text(form.getFirst("scheme"));
        boolean same = stored.verification().scheme().equals(scheme);
        Map<String, String> values = new HashMap<>();
        for (VerificationField field : VerificationField.values()) {
            String typed = form.getFirst(field.wireName());
            values.put(field.wireName(), typed != null ? typed.strip() : same ? field.text(stored.verification()) : "");
        }
        return new WebhookForm(
                form.getFirst("enabled") != null,
                scheme,
                hasSecrets(stored.verification()),
                values,
                Objects.requireNonNullElse(form.get("methods"), List.of()),
                text(form.getFirst("addresses")));
    }

    /** What the scheme does not read is left out, though it may have been typed before another one was chosen. */
    WebhookSettings settings(String secret, Webhook stored) {
        String tolerance = part(VerificationField.TOLERANCE_SECONDS);
        Verification verification = new Verification(
                scheme,
                secrets(secret.strip(), stored.verification()),
                part(VerificationField.HEADER),
                part(VerificationField.QUERY_PARAMETER),
                part(VerificationField.PREFIX),
                part(VerificationField.ALGORITHM),
                part(VerificationField.ENCODING),
                part(VerificationField.SIGNED_CONTENT),
                part(VerificationField.TIMESTAMP_HEADER),
                tolerance != null && tolerance.matches("\\d{1,9}") ? Integer.valueOf(tolerance) : null,
                part(VerificationField.EVENT_ID_HEADER),
                part(VerificationField.EVENT_ID_POINTER),
                part(VerificationField.USERNAME),
                part(VerificationField.ISSUER),
                part(VerificationField.AUDIENCE),
                part(VerificationField.JWKS_URL),
                part(VerificationField.VERIFY_TOKEN));
        return new WebhookSettings(enabled, verification, methods, null, intake(stored));
    }

    /** Nothing typed keeps what is stored, all of it at its place. */
    private List<String> secrets(String typed, Verification stored) {
        if (!VerificationScheme.of(scheme).map(VerificationScheme::hasSecrets).orElse(true)) {
            return List.of();
        }
        if (!typed.isEmpty()) {
            return List.of(typed);
        }
        return stored.secrets() == null || !stored.scheme().equals(scheme) ? List.of() : stored.secrets();
    }

    private @Nullable String part(VerificationField field) {
        String value = value(field.wireName());
        boolean isRead = VerificationScheme.of(scheme)
                .map(known -> VerificationField.of(known).contains(field))
                .orElse(false);
        return isRead && !value.isBlank() ? value : null;
    }

    /** Left out while nothing of it was changed here, so that all of it stays. */
    private @Nullable WebhookIntake intake(Webhook stored) {
        List<String> typed = addresses
                .lines()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
        if (typed.equals(addresses(stored))) {
            return null;
        }
        WebhookIntake intake = stored.intake();
        return new WebhookIntake(
                intake.contentTypes(),
                typed,
                intake.rate(),
                intake.deduplication(),
                intake.filter(),
                intake.answer(),
                intake.expectEvery());
    }

    public String value(String field) {
        return Objects.requireNonNullElse(values.get(field), "");
    }

    public List<VerificationScheme> senders() {
        return List.of(VerificationScheme.values());
    }

    /** For the page, which shows a field to the schemes that read it: their names, with spaces between. */
    public String schemesWith(String field) {
        return names(which -> VerificationField.of(which).stream()
                .anyMatch(known -> known.wireName().equals(field)));
    }

    public String schemesWithSecret() {
        return names(VerificationScheme::hasSecrets);
    }

    public List<String> allMethods() {
        return ALL_METHODS;
    }

    public boolean allows(String method) {
        return methods.contains(method);
    }

    private static String names(Predicate<VerificationScheme> which) {
        return Arrays.stream(VerificationScheme.values())
                .filter(which)
                .map(VerificationScheme::wireName)
                .collect(Collectors.joining(" "));
    }

    private static boolean hasSecrets(Verification verification) {
        return verification.secrets() != null && !verification.secrets().isEmpty();
    }

    private static List<String> addresses(Webhook webhook) {
        return Objects.requireNonNullElse(webhook.intake().allowedAddresses(), List.of());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
