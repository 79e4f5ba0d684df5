package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.integrations.template.Template;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab of the edit page.
 *
 * @param why empty, or why the template does not have it
 */
public record Tab(String label, String path, boolean current, String why) {

    public boolean isEnabled() {
        return why.isEmpty();
    }

    static List<Tab> of(Integration integration, Template template, String current) {
        String base = "/integrations/" + integration.id();
        List<Tab> tabs = new ArrayList<>();
        tabs.add(tab("Basic info", base, current, ""));
        tabs.add(tab("Configuration", base + "/configuration", current, ""));
        tabs.add(tab("Connections", base + "/connections", current, ""));
        tabs.add(tab(
                "Schedule",
                base + "/schedule",
                current,
                template.supportsSchedule() ? "" : "This template is started by webhook, not by a schedule."));
        tabs.add(tab(
                "Webhook",
                base + "/webhook",
                current,
                template.supportsWebhook() ? "" : "This template is started by a schedule, not by webhook."));
        tabs.add(tab("Logs", base + "/logs", current, ""));
        return tabs;
    }

    private static Tab tab(String label, String path, String current, String why) {
        return new Tab(label, path, label.equals(current), why);
    }
}
