package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Webhook;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.integration.WebhookService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Edit integration: what starts it. */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class TriggersPage {

    private final IntegrationService integrations;
    private final WebhookService webhooks;
    private final UiContext ui;

    public TriggersPage(IntegrationService integrations, WebhookService webhooks, UiContext ui) {
        this.integrations = integrations;
        this.webhooks = webhooks;
        this.ui = ui;
    }

    @GET
    @Path("/webhook")
    public Response webhook(@PathParam("id") UUID id) {
        Webhook webhook = webhooks.get(ui.caller(), id);
        return UiContext.page(Pages.webhook(frame(id, "Webhook", Message.NONE), webhook, WebhookForm.of(webhook)));
    }

    @POST
    @Path("/webhook")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response saveWebhook(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Webhook stored = webhooks.get(ui.caller(), id);
        WebhookForm typed = WebhookForm.of(form, stored);
        String secret = form.getFirst("secret") == null ? "" : form.getFirst("secret");
        try {
            webhooks.update(ui.caller(), id, EditPage.revision(form), typed.settings(secret, stored));
            return UiContext.goTo("/integrations/" + id + "/webhook");
        } catch (ProblemException e) {
            return UiContext.page(e.type().status(), Pages.webhook(frame(id, "Webhook", Message.of(e)), stored, typed));
        }
    }

    @POST
    @Path("/webhook/rotate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response rotate(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        webhooks.rotate(ui.caller(), id, EditPage.revision(form), java.time.Duration.ofHours(1));
        return UiContext.goTo("/integrations/" + id + "/webhook");
    }

    private EditFrame frame(UUID id, String tab, Message message) {
        String tenant = ui.caller().tenant();
        Integration integration = integrations.get(tenant, id);
        return EditFrame.of(
                ui.shell(integration.name(), "integrations"),
                integration,
                integrations.templateOf(tenant, id),
                tab,
                message);
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
