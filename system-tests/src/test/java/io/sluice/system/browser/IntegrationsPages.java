package io.sluice.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The screens that the tests walk through, found by roles and labels as a screen reader finds them. */
public final class IntegrationsPages {

    private final Page page;

    public IntegrationsPages(Page page) {
        this.page = page;
    }

    public IntegrationsPages openMyIntegrations() {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("My integrations"))
                .first()
                .click();
        page.getByRole(AriaRole.TABLE).waitFor();
        return this;
    }

    public Locator row(String integration) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(integration));
    }

    /** By the name in its row. */
    public IntegrationsPages edit(String integration) {
        row(integration)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(integration).setExact(true))
                .click();
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(integration))
                .waitFor();
        return this;
    }

    public Locator tab(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    public IntegrationsPages openTab(String name) {
        tab(name).click();
        return this;
    }

    public Locator enabled() {
        return page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Enabled"));
    }

    public Locator saveChanges() {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save changes"));
    }

    public Locator webhookUrl() {
        return page.getByLabel("Webhook URL");
    }

    public Locator copy() {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy").setExact(true));
    }

    /** The rows of the table without its heads. */
    public Locator runs() {
        return page.getByRole(AriaRole.MAIN)
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.CELL)));
    }
}
