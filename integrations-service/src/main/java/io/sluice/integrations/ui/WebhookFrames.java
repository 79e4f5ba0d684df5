package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.template.Template;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The frame around the webhook tab and the pages below it. */
@RequestScoped
public class WebhookFrames {

    private static final String TAB = "Webhook";

    /** Has no form that Save belongs to. */
    private static final String WITHOUT_SAVE = "Calls";

    private final IntegrationService integrations;
    private final UiContext ui;

    public WebhookFrames(IntegrationService integrations, UiContext ui) {
        this.integrations = integrations;
        this.ui = ui;
    }

    EditFrame tab(UUID id, Message message) {
        return frame(id, TAB, message);
    }

    /** A page below the tab: the tab is marked, and there is nothing to save. */
    EditFrame below(UUID id, Message message) {
        return frame(id, WITHOUT_SAVE, message);
    }

    private EditFrame frame(UUID id, String saved, Message message) {
        String tenant = ui.caller().tenant();
        Integration integration = integrations.get(tenant, id);
        Template template = integrations.templateOf(tenant, id);
        Shell shell = ui.shell(integration.name(), "integrations");
        return new EditFrame(
                shell,
                integration,
                template,
                Tab.of(integration, template, TAB),
                saved,
                shell.caller().canEdit(),
                message);
    }
}
