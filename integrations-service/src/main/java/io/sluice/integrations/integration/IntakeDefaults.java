package io.sluice.integrations.integration;

import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.contract.webhook.WebhookIntake;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An intake's defaults: filled in where a person reads it, left out where it is stored. So who reads it, changes one
 * thing and writes it back pins nothing down: a default that a later version or another scheme changes still changes.
 */
final class IntakeDefaults {

    private static final Duration WINDOW = Duration.ofDays(7);

    private IntakeDefaults() {}

    static WebhookIntake shown(WebhookIntake stored, String scheme) {
        return new WebhookIntake(
                stored.contentTypes(),
                stored.allowedAddresses(),
                stored.rate(),
                shown(stored.deduplication()),
                stored.filter(),
                shown(stored.answer(), scheme),
                stored.expectEvery());
    }

    static WebhookIntake kept(WebhookIntake wanted, String scheme) {
        return new WebhookIntake(
                kept(wanted.contentTypes(), type -> type.toLowerCase(Locale.ROOT)),
                kept(wanted.allowedAddresses(), UnaryOperator.identity()),
                wanted.rate(),
                kept(wanted.deduplication()),
                wanted.filter(),
                kept(wanted.answer(), scheme),
                wanted.expectEvery());
    }

    private static Deduplication shown(@Nullable Deduplication stored) {
        Deduplication.Key by = stored == null ? Deduplication.Key.SENDER : stored.by();
        Duration window = stored == null ? null : stored.window();
        return new Deduplication(
                by,
                stored == null ? null : stored.name(),
                by == Deduplication.Key.NONE ? null : Objects.requireNonNullElse(window, WINDOW));
    }

    private static @Nullable Deduplication kept(@Nullable Deduplication wanted) {
        if (wanted == null) {
            return null;
        }
        Duration window = WINDOW.equals(wanted.window()) ? null : wanted.window();
        return wanted.by() == Deduplication.Key.SENDER && window == null
                ? null
                : new Deduplication(wanted.by(), wanted.name(), window);
    }

    private static WebhookAnswer shown(@Nullable WebhookAnswer stored, String scheme) {
        if (stored == null) {
            return new WebhookAnswer(WebhookAnswer.Mode.AT_ONCE, null, null, null, null, null);
        }
        return stored.mode() == WebhookAnswer.Mode.WAIT && stored.deadline() == null
                ? withDeadline(stored, deadline(scheme))
                : stored;
    }

    private static @Nullable WebhookAnswer kept(@Nullable WebhookAnswer wanted, String scheme) {
        if (wanted == null || wanted.mode() == WebhookAnswer.Mode.AT_ONCE) {
            return null;
        }
        return wanted.deadline() != null && wanted.deadline().equals(deadline(scheme))
                ? withDeadline(wanted, null)
                : wanted;
    }

    private static WebhookAnswer withDeadline(WebhookAnswer answer, @Nullable Duration deadline) {
        return new WebhookAnswer(
                answer.mode(), answer.status(), answer.headers(), answer.body(), deadline, answer.response());
    }

    private static @Nullable Duration deadline(String scheme) {
        return VerificationScheme.of(scheme)
                .map(VerificationScheme::answerWithin)
                .orElse(null);
    }

    private static @Nullable List<String> kept(@Nullable List<String> wanted, UnaryOperator<String> form) {
        return wanted == null || wanted.isEmpty()
                ? null
                : wanted.stream().map(form).distinct().toList();
    }
}
