package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.template.Template;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a webhook becomes by what somebody wrote: checked, with what was left out as it was. */
@Singleton
class WebhookChanges {

    static final int DEFAULT_BODY = 1024 * 1024;

    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final List<String> METHODS = List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private final WebhookTokens tokens;
    private final WebhookSecrets secrets;

    WebhookChanges(WebhookTokens tokens, WebhookSecrets secrets) {
        this.tokens = tokens;
        this.secrets = secrets;
    }

    /** What is changed, in the transaction that does. */
    record Base(Handle handle, String tenant, UUID id, Template template, WebhookStore.@Nullable Stored before) {

        /** The stored verification with the mask for its secrets; at first the template's. */
        private Verification verification() {
            return before != null
                    ? before.verification().withSecrets(WebhookSecrets.shown(before.secrets()))
                    : Verification.preset(
                            Objects.requireNonNull(template.triggers().webhook())
                                    .verification(),
                            List.of());
        }

        private WebhookIntake intake() {
            return before == null ? WebhookIntake.DEFAULT : before.intake();
        }
    }

    /** @throws ProblemException that names every field that needs another value */
    WebhookStore.Stored apply(Base base, WebhookSettings wanted) {
        WebhookStore.@Nullable Stored before = base.before();
        Verification verification =
                withVerifyToken(wanted.verification() != null ? wanted.verification() : base.verification(), before);
        WebhookIntake intake = wanted.intake() != null ? wanted.intake() : base.intake();
        check(wanted, verification, intake);
        ArrayNode kept = before == null ? Json.MAPPER.createArrayNode() : (ArrayNode) before.secrets();
        ArrayNode sealed = secrets.stored(base.handle(), base.tenant(), base.id(), verification, kept);
        return new WebhookStore.Stored(
                wanted.enabled(),
                before == null ? tokens.fresh(base.tenant(), base.id(), null, null) : before.token(),
                verification.withSecrets(List.of()),
                sealed,
                wanted.methods() != null
                        ? methods(wanted.methods())
                        : before == null ? List.of("POST") : before.methods(),
                wanted.maxBodyBytes() != null
                        ? wanted.maxBodyBytes()
                        : before == null ? DEFAULT_BODY : before.maxBodyBytes(),
                IntakeDefaults.kept(intake, verification.scheme()));
    }

    private static void check(WebhookSettings wanted, Verification verification, WebhookIntake intake) {
        Complaints complaints = new Complaints();
        if (wanted.verification() != null) {
            VerificationRules.checkNothingElse(verification, complaints);
        }
        if (wanted.intake() != null) {
            IntakeRules.check(intake, complaints);
        }
        boolean works = wanted.enabled() || wanted.verification() != null;
        if (works) {
            VerificationRules.check(verification, complaints);
        }
        if (works || wanted.intake() != null) {
            IntakeRules.checkFits(VerificationRules.scheme(verification), intake, complaints);
        }
        methods(wanted.methods(), complaints);
        Integer size = wanted.maxBodyBytes();
        complaints.unless(size == null || (size >= 1 && size <= LARGEST_BODY), "/maxBodyBytes", "1 to " + LARGEST_BODY);
        complaints.raise();
    }

    /** Left out, Meta's token is the one that was, since Meta's side holds it already; at first a random one. */
    private Verification withVerifyToken(Verification wanted, WebhookStore.@Nullable Stored before) {
        if (!wanted.scheme().equals(VerificationScheme.META.wireName()) || wanted.verifyToken() != null) {
            return wanted;
        }
        String stored = before == null ? null : before.verification().verifyToken();
        return wanted.withVerifyToken(stored != null ? stored : tokens.random());
    }

    private static void methods(@Nullable List<String> wanted, Complaints complaints) {
        if (wanted == null) {
            return;
        }
        complaints.unless(!wanted.isEmpty(), "/methods", "at least one method");
        List<String> methods = upperCase(wanted);
        for (int i = 0; i < methods.size(); i++) {
            complaints.oneOf("/methods/" + i, methods.get(i), METHODS);
        }
    }

    private static List<String> methods(List<String> wanted) {
        return upperCase(wanted).stream().distinct().toList();
    }

    private static List<String> upperCase(List<String> wanted) {
        List<String> methods = new ArrayList<>();
        for (Object method : wanted) {
            // JSON may bring a null.
            methods.add(String.valueOf(method).toUpperCase(Locale.ROOT));
        }
        return methods;
    }
}
