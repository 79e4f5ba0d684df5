package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.integrations.template.Template;
import java.util.List;
import java.util.Set;

/** What all tabs of the edit page share. */
public record EditFrame(
        Shell shell,
        Integration integration,
        Template template,
        List<Tab> tabs,
        String tab,
        boolean canEdit,
        Message message) {

    private static final Set<String> SAVED =
            Set.of("Basic info", "Configuration", "Connections", "Schedule", "Webhook");

    static EditFrame of(Shell shell, Integration integration, Template template, String tab, Message message) {
        return new EditFrame(
                shell,
                integration,
                template,
                Tab.of(integration, template, tab),
                tab,
                shell.caller().canEdit(),
                message);
    }

    /** Whether something can be said of one run. */
    public boolean hasRunForm() {
        return template.runOptions() != null || !template.supportsSchedule();
    }

    /** The form that Save belongs to; the tabs without one have no Save button. */
    public boolean isSavable() {
        return canEdit && SAVED.contains(tab);
    }
}
