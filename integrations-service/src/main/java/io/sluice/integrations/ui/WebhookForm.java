package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.integration.VerificationField;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The webhook tab's form as it stands or was typed, without secrets.
 *
 * @param values of the inputs, by their names
 */
public record WebhookForm(
        boolean enabled, String scheme, Map<String, String> values, List<String> methods, List<SecretSlot> secrets) {

    private static final List<String> ALL_METHODS = List.of("POST", "PUT", "PATCH", "GET", "DELETE", "HEAD", "OPTIONS");

    static WebhookForm of(Webhook webhook) {
        Verification verification = webhook.verification();
        Map<String, String> values = new HashMap<>();
        for (VerificationField field : VerificationField.values()) {
            values.put(field.wireName(), field.text(verification));
        }
        for (IntakeField field : IntakeField.values()) {
            values.put(field.wireName(), field.text(webhook));
        }
        return new WebhookForm(
                webhook.enabled(), verification.scheme(), values, webhook.methods(), SecretSlot.of(verification));
    }

    /** What the form has no input for is as it was stored; of a verification, while the scheme stays. */
    static WebhookForm of(MultivaluedMap<String, String> form, Webhook stored) {
        String scheme = Objects.requireNonNullElse(form.getFirst("scheme"), "").strip();
        boolean same = stored.verification().scheme().equals(scheme);
        Map<String, String> values = new HashMap<>();
        for (VerificationField field : VerificationField.values()) {
            String typed = form.getFirst(field.wireName());
            values.put(field.wireName(), typed != null ? typed.strip() : same ? field.text(stored.verification()) : "");
        }
        for (IntakeField field : IntakeField.values()) {
            String typed = form.getFirst(field.wireName());
            values.put(field.wireName(), typed != null ? typed(field, typed, stored) : field.text(stored));
        }
        return new WebhookForm(
                form.getFirst("enabled") != null,
                scheme,
                values,
                Objects.requireNonNullElse(form.get("methods"), List.of()),
                SecretSlot.of(form, stored.verification()));
    }

    /** Browsers send lines with the ends that the web prescribes; what is stored keeps its own. */
    private static String typed(IntakeField field, String text, Webhook stored) {
        String before = field.text(stored);
        String typed = text.replace("\r\n", "\n");
        if (typed.equals(before.replace("\r\n", "\n"))) {
            return before;
        }
        return field == IntakeField.ANSWER_BODY ? typed : typed.strip();
    }

    /**
     * What was typed as settings; what was not changed is left out, so that it stays.
     *
     * @throws io.sluice.contract.problem.ProblemException that names every field that cannot be read
     */
    WebhookSettings settings(List<String> secrets, Webhook stored) {
        TypedTexts texts = new TypedTexts();
        IntakeReader reader = new IntakeReader(values, texts);
        Verification verification = verification(secrets, texts);
        WebhookIntake intake = reader.read();
        Integer maxBody = reader.maxBody();
        texts.raise();
        WebhookIntake before = new IntakeReader(of(stored).values, new TypedTexts()).read();
        return new WebhookSettings(
                enabled,
                verification,
                Set.copyOf(methods).equals(Set.copyOf(stored.methods())) ? stored.methods() : methods,
                maxBody != null && maxBody == stored.maxBodyBytes() ? null : maxBody,
                intake.equals(before) ? null : intake);
    }

    /** What the scheme does not read is left out, though it may have been typed before another one was chosen. */
    private Verification verification(List<String> secrets, TypedTexts texts) {
        String tolerance = part(VerificationField.TOLERANCE_SECONDS);
        return new Verification(
                scheme,
                secrets,
                part(VerificationField.HEADER),
                part(VerificationField.QUERY_PARAMETER),
                part(VerificationField.PREFIX),
                part(VerificationField.ALGORITHM),
                part(VerificationField.ENCODING),
                part(VerificationField.SIGNED_CONTENT),
                part(VerificationField.TIMESTAMP_HEADER),
                texts.number(pointer("toleranceSeconds"), tolerance == null ? "" : tolerance),
                part(VerificationField.EVENT_ID_HEADER),
                part(VerificationField.EVENT_ID_POINTER),
                part(VerificationField.USERNAME),
                part(VerificationField.ISSUER),
                part(VerificationField.AUDIENCE),
                part(VerificationField.JWKS_URL),
                part(VerificationField.VERIFY_TOKEN));
    }

    private @Nullable String part(VerificationField field) {
        String value = value(field.wireName());
        boolean isRead = VerificationScheme.of(scheme)
                .map(known -> VerificationField.of(known).contains(field))
                .orElse(false);
        return isRead && !value.isBlank() ? value : null;
    }

    public String value(String field) {
        return Objects.requireNonNullElse(values.get(field), "");
    }

    public List<VerificationScheme> senders() {
        return List.of(VerificationScheme.values());
    }

    /** One that only a newer version knows must stay the chosen one. */
    public boolean isSenderKnown() {
        return VerificationScheme.of(scheme).isPresent();
    }

    /** The schemes that read a field, with spaces between; empty for what belongs to no scheme. */
    public String when(String field) {
        return IntakeField.of(field).isPresent()
                ? ""
                : names(scheme -> VerificationField.of(scheme).stream()
                        .anyMatch(known -> known.wireName().equals(field)));
    }

    /** Whether the chosen scheme reads a field. */
    public boolean shows(String field) {
        String schemes = when(field);
        return schemes.isEmpty() || List.of(schemes.split(" ", -1)).contains(scheme);
    }

    public String schemesWithSecret() {
        return names(VerificationScheme::hasSecrets);
    }

    public boolean needsSecret() {
        return VerificationScheme.of(scheme).map(VerificationScheme::hasSecrets).orElse(true);
    }

    public boolean isBothStored() {
        return secrets.stream().allMatch(SecretSlot::isFilled);
    }

    public List<String> allMethods() {
        return ALL_METHODS;
    }

    public boolean allows(String method) {
        return methods.contains(method);
    }

    public List<String> repeatKeys() {
        return Arrays.stream(Deduplication.Key.values())
                .map(Deduplication.Key::wireName)
                .toList();
    }

    public List<String> answerModes() {
        return Arrays.stream(WebhookAnswer.Mode.values())
                .map(WebhookAnswer.Mode::wireName)
                .toList();
    }

    /** The complaints about a field; of one with many entries, each with its entry. */
    public List<String> errors(Message message, String field) {
        String pointer = pointer(field);
        return message.errors().stream()
                .filter(error -> (error.pointer() + "/").startsWith(pointer + "/"))
                .map(error -> entry(error, pointer) + error.detail())
                .toList();
    }

    private static String entry(FieldProblem error, String pointer) {
        if (error.pointer().equals(pointer)) {
            return "";
        }
        String entry = error.pointer().substring(pointer.length() + 1);
        return entry.matches("\\d{1,6}") ? "Entry " + (Integer.parseInt(entry) + 1) + ": " : entry + ": ";
    }

    private static String pointer(String field) {
        return switch (field) {
            case "methods" -> "/methods";
            case "secret" -> "/verification/secrets/0";
            case "secret2" -> "/verification/secrets/1";
            default -> IntakeField.of(field).map(IntakeField::pointer).orElse("/verification/" + field);
        };
    }

    private static String names(Predicate<VerificationScheme> which) {
        return Arrays.stream(VerificationScheme.values())
                .filter(which)
                .map(VerificationScheme::wireName)
                .collect(Collectors.joining(" "));
    }
}
