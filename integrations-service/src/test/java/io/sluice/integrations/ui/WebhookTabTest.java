package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.integration.WebhookService;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookTabTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @Inject
    IntegrationService integrations;

    @Inject
    WebhookService webhooks;

    @Test
    void offersEverySender() {
        String page = page(Made.byWebhook(editor, "One"));

        for (VerificationScheme scheme : VerificationScheme.values()) {
            assertThat(page)
                    .contains("<option value=\"" + scheme.wireName() + "\"", ">" + scheme.title() + "</option>");
        }
        assertThat(page)
                .contains("<div class=\"field\" data-when-any=\"basic\"><label for=\"username\">")
                .contains("<div class=\"field\" data-when-any=\"hmac api-key jwt\"><label for=\"header\">");
    }

    @Test
    void showsWhatIsStored() {
        Made made = Made.byWebhook(editor, "One");
        editor.call("*")
                .body(Map.of(
                        "enabled",
                        true,
                        "verification",
                        Map.of("scheme", "meta", "secrets", List.of("app-secret"), "verifyToken", "mine-and-metas"),
                        "intake",
                        Map.of("allowedAddresses", List.of("203.0.113.0/24", "2001:db8::/32"))))
                .put(made.path() + "/webhook");

        assertThat(page(made))
                .contains("value=\"mine-and-metas\"")
                .contains("data-copy=\"verifyToken\"")
                .contains(">203.0.113.0/24\n2001:db8::/32</textarea>")
                .contains("<option value=\"meta\" selected>")
                .doesNotContain("app-secret");
    }

    private String page(Made made) {
        Caller caller = new Caller(editor.tenant(), editor.name(), editor.roles());
        UUID id = UUID.fromString(made.id());
        Webhook webhook = webhooks.get(caller, id);
        EditFrame frame = EditFrame.of(
                new Shell("One", "integrations", caller),
                integrations.get(caller.tenant(), id),
                integrations.templateOf(caller.tenant(), id),
                "Webhook",
                Message.NONE);
        return Pages.webhook(frame, webhook, WebhookForm.of(webhook)).render();
    }
}
