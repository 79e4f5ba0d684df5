package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookFormTest {

    private static final WebhookIntake INTAKE =
            new WebhookIntake(List.of("text/csv"), List.of("203.0.113.7"), null, null, "body.a = 1", null, null);
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

    private final Webhook stored = webhook(HMAC);

    @Test
    void savedAsItWasShownItChangesNothing() {
        MultivaluedMap<String, String> form = shown("hmac", "203.0.113.7");
        form.putSingle("header", "X-Signature");
        form.putSingle("encoding", "hex");

        WebhookSettings settings = WebhookForm.of(form, stored).settings("", stored);

        assertThat(settings.verification()).isEqualTo(HMAC);
        assertThat(settings.intake()).isNull();
        assertThat(settings.maxBodyBytes()).isNull();
    }

    @Test
    void otherAddressesKeepTheRestOfTheIntake() {
        WebhookSettings settings = WebhookForm.of(shown("hmac", " 203.0.113.0/24 \r\n\r\n2001:db8::1"), stored)
                .settings("", stored);

        assertThat(settings.intake())
                .isEqualTo(new WebhookIntake(
                        List.of("text/csv"),
                        List.of("203.0.113.0/24", "2001:db8::1"),
                        null,
                        null,
                        "body.a = 1",
                        null,
                        null));
    }

    @Test
    void whatAnotherSchemeReadsIsNotSent() {
        MultivaluedMap<String, String> form = shown("basic", "203.0.113.7");
        form.putSingle("header", "X-Signature");
        form.putSingle("username", "shop");

        Verification sent =
                WebhookForm.of(form, stored).settings(" new ", stored).verification();

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
        Verification sent = WebhookForm.of(shown("ip-list", "203.0.113.7"), stored)
                .settings("typed before", stored)
                .verification();

        assertThat(sent).isEqualTo(Verification.preset("ip-list", List.of()));
    }

    private static MultivaluedMap<String, String> shown(String scheme, String addresses) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("enabled", "true");
        form.putSingle("scheme", scheme);
        form.putSingle("addresses", addresses);
        form.putSingle("methods", "POST");
        return form;
    }

    private static Webhook webhook(Verification verification) {
        return new Webhook(true, "https://example.org/webhook/t", verification, List.of("POST"), 1, INTAKE, null, null);
    }
}
