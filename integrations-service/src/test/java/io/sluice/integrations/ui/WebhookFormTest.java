package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.connection.CallRate;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WebhookFormTest {

    private static final WebhookIntake INTAKE = new WebhookIntake(
            List.of("text/csv"),
            List.of("203.0.113.7"),
            new CallRate(60, Duration.ofSeconds(90)),
            new Deduplication(Deduplication.Key.HEADER, "X-Event", Duration.ofDays(3)),
            "body.a = 1",
            new WebhookAnswer(WebhookAnswer.Mode.FIXED, 201, Map.of("X-A", "b: c"), "line\r\nline\n", null, null),
            Duration.ofHours(36));
    private static final Verification HMAC = new Verification(
            "hmac",
            List.of(Verification.MASK),
            "X-Signature",
            null,
            null,
            "sha512",
            "hex",
            "{timestamp}.{body}",
            "X-Time",
            60,
            null,
            "/id",
            null,
            null,
            null,
            null,
            null);

    private final Webhook stored = webhook(HMAC, INTAKE);

    @Test
    void savedAsItWasShownItChangesNothing() {
        WebhookSettings settings = settings(shown("hmac"));

        assertThat(settings.verification()).isEqualTo(HMAC);
        assertThat(settings.intake()).isNull();
        assertThat(settings.maxBodyBytes()).isNull();
        assertThat(settings.methods()).isEqualTo(stored.methods());
    }

    @Test
    void everyShownTextIsReadBackAsWhatItWas() {
        MultivaluedMap<String, String> form = shown("hmac");
        WebhookForm.of(stored).values().forEach(form::putSingle);
        form.putSingle("expectEvery", "2 hours");

        assertThat(settings(form).intake())
                .isEqualTo(new WebhookIntake(
                        INTAKE.contentTypes(),
                        INTAKE.allowedAddresses(),
                        INTAKE.rate(),
                        INTAKE.deduplication(),
                        INTAKE.filter(),
                        INTAKE.answer(),
                        Duration.ofHours(2)));
    }

    @Test
    void otherAddressesKeepTheRestOfTheIntake() {
        MultivaluedMap<String, String> form = shown("hmac");
        form.putSingle("addresses", " 203.0.113.0/24 \r\n\r\n2001:db8::1");

        WebhookIntake intake = Objects.requireNonNull(settings(form).intake());

        assertThat(intake.allowedAddresses()).containsExactly("203.0.113.0/24", "2001:db8::1");
        assertThat(intake.answer()).isEqualTo(INTAKE.answer());
        assertThat(intake.deduplication()).isEqualTo(INTAKE.deduplication());
    }

    @Test
    void whatTheChosenKindsDoNotUseIsLeftOut() {
        MultivaluedMap<String, String> form = shown("hmac");
        form.putSingle("repeatsBy", "none");
        form.putSingle("answerMode", "wait");
        form.putSingle("answerDeadline", "5 s");
        form.putSingle("rateRequests", "");

        WebhookIntake intake = Objects.requireNonNull(settings(form).intake());

        assertThat(intake.rate()).isNull();
        assertThat(intake.deduplication()).isEqualTo(new Deduplication(Deduplication.Key.NONE, null, null));
        assertThat(intake.answer())
                .isEqualTo(new WebhookAnswer(WebhookAnswer.Mode.WAIT, null, null, null, Duration.ofSeconds(5), null));
    }

    @Test
    void deadlineOfTheSchemeIsNotPinnedDown() {
        WebhookAnswer answer =
                new WebhookAnswer(WebhookAnswer.Mode.WAIT, null, null, null, Duration.ofSeconds(9), null);
        Webhook github = webhook(
                Verification.preset("github", List.of(Verification.MASK)),
                new WebhookIntake(null, null, null, null, null, answer, null));

        assertThat(WebhookForm.of(github).value("answerDeadline")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamedAllAtOnce() {
        MultivaluedMap<String, String> form = shown("hmac");
        form.putSingle("maxBody", "huge");
        form.putSingle("rateRequests", "0");
        form.putSingle("ratePer", "now and then");
        form.putSingle("repeatsWindow", "long");
        form.putSingle("answerStatus", "fine");
        form.putSingle("answerHeaders", "no colon");
        form.putSingle("expectEvery", "often");
        form.putSingle("toleranceSeconds", "some");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> settings(form));

        assertThat(refused.errors())
                .extracting(FieldProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/maxBodyBytes",
                        "/intake/rate/requests",
                        "/intake/rate/per",
                        "/intake/deduplication/window",
                        "/intake/answer/status",
                        "/intake/answer/headers",
                        "/intake/expectEvery",
                        "/verification/toleranceSeconds");
    }

    @Test
    void whatAnotherSchemeReadsIsNotSent() {
        MultivaluedMap<String, String> form = shown("basic");
        form.putSingle("header", "X-Signature");
        form.putSingle("username", "shop");
        form.putSingle("secret", " new ");

        Verification sent = settings(form).verification();

        assertThat(sent)
                .isEqualTo(new Verification(
                        "basic",
                        List.of("new"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "shop",
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void schemeWithoutSecretsSendsNone() {
        MultivaluedMap<String, String> form = shown("ip-list");
        form.putSingle("secret", "typed before");

        assertThat(settings(form).verification()).isEqualTo(Verification.preset("ip-list", List.of()));
    }

    @Test
    void secondSecretStandsBesideTheKeptOne() {
        MultivaluedMap<String, String> form = shown("hmac");
        form.putSingle("secret", "");
        form.putSingle("secret2", "next");

        assertThat(secrets(form)).containsExactly(Verification.MASK, "next");
    }

    @Test
    void chosenConnectionTakesThePlaceOfWhatIsStoredAndTypingThatOfBoth() {
        MultivaluedMap<String, String> form = shown("hmac");
        form.putSingle("secretConnection", "0198c0de-0000-7000-8000-000000000000");

        assertThat(secrets(form)).containsExactly("0198c0de-0000-7000-8000-000000000000");
        form.putSingle("secret", "typed");
        assertThat(secrets(form)).containsExactly("typed");
        form.putSingle("secret", "");
        form.putSingle("secretConnection", "");
        assertThat(secrets(form)).containsExactly(Verification.MASK);
    }

    @Test
    void anotherSchemeKeepsNoSecret() {
        assertThat(secrets(shown("github"))).isEmpty();
    }

    private WebhookSettings settings(MultivaluedMap<String, String> form) {
        WebhookForm typed = WebhookForm.of(form, stored);
        return typed.settings(secrets(form), stored);
    }

    private List<String> secrets(MultivaluedMap<String, String> form) {
        return SecretSlot.wanted(form, String.valueOf(form.getFirst("scheme")), stored.verification());
    }

    private static MultivaluedMap<String, String> shown(String scheme) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("enabled", "true");
        form.putSingle("scheme", scheme);
        form.put("methods", List.of("POST", "PUT"));
        return form;
    }

    private static Webhook webhook(Verification verification, WebhookIntake intake) {
        return new Webhook(
                true, "https://example.org/webhook/t", verification, List.of("PUT", "POST"), 1024, intake, null, null);
    }
}
