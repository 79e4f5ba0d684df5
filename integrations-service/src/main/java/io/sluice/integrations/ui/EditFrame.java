package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.integrations.template.Template;
import java.util.List;

/** What all tabs of the edit page share. */
public record EditFrame(
        Shell shell,
        Integration integration,
        Template template,
        List<Tab> tabs,
        String tab,
        boolean canEdit,
        Message message) {

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
        return canEdit && !tab.equals("Logs");
    }
}
