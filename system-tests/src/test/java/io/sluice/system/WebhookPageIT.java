package io.sluice.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.local.StackPort;
import io.sluice.system.browser.IntegrationsPages;
import io.sluice.system.browser.Person;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The five steps of the documented webhook page, in a browser. */
@SystemTest
class WebhookPageIT {

    private static final Pattern SUCCEEDED = Pattern.compile("succeeded", Pattern.CASE_INSENSITIVE);

    private final Person person;
    private final EchoTarget target;
    private final Integration hook;
    private final String name;

    WebhookPageIT(Sluice sluice) {
        this.target = sluice.demo().echo();
        this.hook = sluice.library().install("library/webhook-to-http", Map.of("url", target.url()));
        this.name = hook.read().path("name").asText();
        hook.saveWebhook(Map.of("enabled", false, "verification", WebhookCall.noVerification()));
        this.person = new Person(sluice.url(StackPort.INTEGRATIONS));
    }

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    void theFiveStepsGiveAUrlThatStartsTheIntegration() {
        var pages = new IntegrationsPages(person.login("alice"));
        pages.openMyIntegrations();
        person.photograph("my-integrations");
        pages.edit(name).openTab("Webhook");
        assertThat(pages.saveChanges()).isDisabled();

        pages.enabled().check();
        assertThat(pages.saveChanges()).isEnabled();
        pages.saveChanges().click();

        assertThat(pages.webhookUrl()).isVisible();
        assertThat(pages.saveChanges()).isDisabled();
        String url = pages.webhookUrl().inputValue();
        assertThat(url).isEqualTo(hook.webhook().path("url").asText());
        pages.copy().click();
        assertThat(person.clipboard()).isEqualTo(url);
        person.photograph("webhook");
        String marker = Json.unique("marker");
        Patience.soon()
                .until(() ->
                        WebhookCall.post(url, Map.of("marker", marker)).send().statusCode() == 202);
        hook.awaitRun("webhook", "succeeded");
        readTheRun(pages, marker);
        person.requireNoComplaints();
    }

    @Test
    void switchingOffKeepsTheUrlAndRefusesCalls() {
        String url = hook.enableWebhook(WebhookCall.noVerification());
        var pages = new IntegrationsPages(person.login("alice"));
        pages.openMyIntegrations().edit(name).openTab("Webhook");
        assertThat(pages.enabled()).isChecked();

        pages.enabled().uncheck();
        pages.saveChanges().click();

        assertThat(pages.saveChanges()).isDisabled();
        Patience.untilInForce()
                .until(() -> WebhookCall.post(url, Map.of()).send().statusCode() == 404);
        assertThat(hook.webhook().path("url").asText()).isEqualTo(url);
        person.requireNoComplaints();
    }

    @Test
    void aTabThatTheTemplateDoesNotSupportSaysWhatToUse() {
        var pages = new IntegrationsPages(person.login("alice"));
        pages.openMyIntegrations().edit(name);

        assertThat(person.page()
                        .getByText("Schedule", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(pages.tab("Schedule")).hasCount(0);
        person.requireNoComplaints();
    }

    @Test
    void aViewerSeesTheStateAndNoSave() {
        String url = hook.enableWebhook(WebhookCall.noVerification());
        var pages = new IntegrationsPages(person.login("victor"));

        pages.openMyIntegrations().edit(name).openTab("Webhook");

        assertThat(pages.enabled()).isVisible();
        assertThat(pages.enabled()).isDisabled();
        assertThat(pages.saveChanges()).hasCount(0);
        assertThat(person.page().content()).doesNotContain(url);
        person.requireNoComplaints();
    }

    private void readTheRun(IntegrationsPages pages, String marker) {
        pages.openTab("Logs");
        Locator run = pages.runs().first();
        assertThat(run).containsText(SUCCEEDED);
        person.photograph("logs");
        run.getByRole(AriaRole.LINK).first().click();
        Locator main = person.page().getByRole(AriaRole.MAIN);
        assertThat(main).containsText(target.path());
        assertThat(main).containsText(marker);
        person.photograph("run");
    }
}
