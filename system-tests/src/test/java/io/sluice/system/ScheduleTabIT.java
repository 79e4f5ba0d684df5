package io.sluice.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sluice.local.StackPort;
import io.sluice.system.browser.IntegrationsPages;
import io.sluice.system.browser.Person;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The schedule tab, in a browser. */
@SystemTest
class ScheduleTabIT {

    private final Person person;
    private final String name;

    ScheduleTabIT(Sluice sluice) {
        EchoTarget target = sluice.demo().echo();
        Integration polling =
                sluice.library().install("library/poll-to-http", Map.of("source", target.url(), "url", target.url()));
        this.name = polling.read().path("name").asText();
        this.person = new Person(sluice.url(StackPort.INTEGRATIONS));
    }

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    void aRuleIsShownInWordsWithItsMarksWhileItIsTyped() {
        Page page = openTab("alice");
        page.getByLabel("Daily").check();
        page.getByLabel("At", exactly()).fill("02:30");
        page.getByLabel("Time zone").fill("America/New_York");

        assertThat(nextTimes(page)).containsText("Daily at 02:30");
        assertThat(nextTimes(page)).containsText("the clock is put forward");
        page.getByLabel("At", exactly()).fill("25:00");
        assertThat(nextTimes(page)).containsText("a time of day such as 02:30");
        page.getByLabel("At", exactly()).fill("02:30, 14:00");
        assertThat(nextTimes(page)).containsText("02:30 and 14:00");
        new IntegrationsPages(page).saveChanges().click();

        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Daily at 02:30 and 14:00"))
                        .first())
                .isVisible();
        person.photograph("schedule");
        person.requireNoComplaints();
    }

    @Test
    void aScheduleIsPausedWithANoteAndGoesOn() {
        Page page = openTab("alice");
        new IntegrationsPages(page).saveChanges().click();
        page.getByText("Pause…").click();
        page.getByLabel("Why").fill("The warehouse moves");
        page.getByRole(AriaRole.BUTTON, named("Pause")).click();

        assertThat(page.getByText("The warehouse moves")).isVisible();
        page.getByText("Resume…").click();
        page.getByRole(AriaRole.BUTTON, named("Resume")).click();

        assertThat(page.getByText("Pause…")).isVisible();
        person.requireNoComplaints();
    }

    @Test
    void aViewerSeesItAndCannotChangeIt() {
        Page page = openTab("victor");

        assertThat(page.getByLabel("Daily")).isDisabled();
        assertThat(new IntegrationsPages(page).saveChanges()).hasCount(0);
        person.requireNoComplaints();
    }

    private Page openTab(String user) {
        IntegrationsPages pages = new IntegrationsPages(person.login(user));
        pages.openMyIntegrations().edit(name).openTab("Schedule");
        return person.page();
    }

    private static Locator nextTimes(Page page) {
        return page.locator("#next-times");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
