package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.sluice.local.StackPort;
import io.sluice.system.browser.Person;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each page, light and dark: no script fails, nothing is blocked, and WCAG 2.2 AA holds as far as a program can tell. */
@SystemTest
class PagesIT {

    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final URI home;
    private final Person person;
    private final Map<String, String> paths = new LinkedHashMap<>();

    PagesIT(Sluice sluice) {
        home = sluice.url(StackPort.INTEGRATIONS);
        person = new Person(home);
        EchoTarget target = sluice.demo().echo();
        Integration hook = sluice.library().install("library/webhook-to-http", Map.of("url", target.url()));
        String url = hook.enableWebhook(WebhookCall.noVerification());
        WebhookCall.post(url, Map.of("a", 1)).send();
        hook.awaitRun("webhook", "succeeded");
        Integration polling =
                sluice.library().install("library/poll-to-http", Map.of("source", target.url(), "url", target.url()));
        polling.addSchedule(Map.of("daily", Map.of("at", List.of("02:30")), "zone", "Australia/Sydney"));
        String run = hook.runs("webhook", "succeeded").getFirst().path("id").asText();
        paths.put("home", "/");
        paths.put("library", "/library");
        paths.put("template", "/library/library/webhook-to-http");
        paths.put("integrations", "/integrations");
        paths.put("basic", "/integrations/" + hook.id());
        paths.put("configuration", "/integrations/" + hook.id() + "/configuration");
        paths.put("slots", "/integrations/" + hook.id() + "/connections");
        paths.put("webhook-tab", "/integrations/" + hook.id() + "/webhook");
        paths.put("logs", "/integrations/" + hook.id() + "/logs");
        paths.put("run", "/integrations/" + hook.id() + "/logs/" + run);
        paths.put("run-now", "/integrations/" + hook.id() + "/run");
        paths.put("schedule-tab", "/integrations/" + polling.id() + "/schedule");
        paths.put("connections", "/connections");
        paths.put("preferences", "/preferences");
    }

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    void eachPageCanBeReadByEverybody() {
        Page page = person.login("alice");
        Map<String, List<String>> violations = new LinkedHashMap<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            paths.forEach((name, path) -> {
                page.navigate(home + path);
                person.photograph(name + "-" + scheme.name().toLowerCase(Locale.ROOT));
                List<String> found = violations(page);
                if (!found.isEmpty()) {
                    violations.put(name + ", " + scheme, found);
                }
            });
        }

        assertThat(violations).isEmpty();
        person.requireNoComplaints();
    }

    @Test
    void anAdminReadsWhoChangedWhat() {
        Page page = person.login("adam");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();

        PlaywrightAssertions.assertThat(page.getByText("by alice").first()).isVisible();
        page.getByText("difference").first().click();
        person.photograph("audit");
        assertThat(violations(page)).isEmpty();
        person.requireNoComplaints();
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page)
                .withTags(WCAG).analyze().getViolations().stream()
                        .map(PagesIT::words)
                        .toList();
    }

    @Test
    void noPageIsWiderThanAPhone() {
        Page page = person.login("alice");
        page.setViewportSize(390, 844);

        assertThat(paths).allSatisfy((name, path) -> {
            page.navigate(home + path);
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(name)
                    .isEqualTo(390);
        });
    }

    private static String words(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList();
    }
}
