package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.template.Template;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The frame around the tabs of an integration and the pages below them. */
@Singleton
class EditFrames {

    private final IntegrationService integrations;
    private final UiContext ui;

    EditFrames(IntegrationService integrations, UiContext ui) {
        this.integrations = integrations;
        this.ui = ui;
    }

    /**
     * A tab with a form that Save belongs to.
     *
     * @throws ProblemException 404 when there is no such integration
     */
    EditFrame form(UUID id, String tab, Message message) {
        return frame(id, tab, ui.caller().canEdit(), message);
    }

    /** A tab, or a page below it, where there is nothing to save; likewise. */
    EditFrame below(UUID id, String tab, Message message) {
        return frame(id, tab, false, message);
    }

    private EditFrame frame(UUID id, String tab, boolean savable, Message message) {
        String tenant = ui.caller().tenant();
        Integration integration = integrations.get(tenant, id);
        Template template = integrations.templateOf(tenant, id);
        Shell shell = ui.shell(integration.name(), "integrations");
        return new EditFrame(
                shell,
                integration,
                template,
                Tab.of(integration, template, tab),
                shell.caller().canEdit(),
                savable,
                message);
    }
}
