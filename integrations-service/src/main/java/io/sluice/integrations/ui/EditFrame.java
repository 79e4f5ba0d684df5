package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.integrations.template.Template;
import java.util.List;

/**
 * What all tabs of the edit page share.
 *
 * @param isSavable whether there is a form that Save belongs to
 */
public record EditFrame(
        Shell shell,
        Integration integration,
        Template template,
        List<Tab> tabs,
        boolean canEdit,
        boolean isSavable,
        Message message) {

    /** Whether something can be said of one run. */
    public boolean hasRunForm() {
        return template.runOptions() != null || !template.supportsSchedule();
    }
}
