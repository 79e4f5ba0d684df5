package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.integration.NewIntegration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.template.Template;
import io.sluice.integrations.template.TemplateService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The library, and the page from which an integration is started. */
@Path("/library")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class LibraryPage {

    private final TemplateService templates;
    private final IntegrationService integrations;
    private final ConnectionStore connections;
    private final UiContext ui;

    public LibraryPage(
            TemplateService templates, IntegrationService integrations, ConnectionStore connections, UiContext ui) {
        this.templates = templates;
        this.integrations = integrations;
        this.connections = connections;
        this.ui = ui;
    }

    @GET
    public Response list(@QueryParam("q") @Nullable String text) {
        return UiContext.page(Pages.library(
                ui.shell("Library", "library"),
                templates.list(ui.caller().tenant(), text, null, null),
                text == null ? "" : text));
    }

    @GET
    @Path("/{namespace}/{name}")
    public Response template(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Template template = templates.get(ui.caller().tenant(), namespace + "/" + name);
        return form(
                200, template, template.flow().title(), JsonNodeFactory.instance.objectNode(), Map.of(), Message.NONE);
    }

    @POST
    @Path("/{namespace}/{name}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response start(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> form) {
        Template template = templates.get(ui.caller().tenant(), namespace + "/" + name);
        String title =
                form.getFirst("name") == null ? "" : form.getFirst("name").strip();
        JsonNode configuration = SchemaForm.read(template.flow().parameters(), form);
        Map<String, UUID> chosen = Slots.read(template, form);
        try {
            Integration created = integrations.create(
                    ui.caller(),
                    new NewIntegration(
                            template.flow().reference(),
                            title.isEmpty() ? template.flow().title() : title,
                            null,
                            null,
                            configuration,
                            chosen));
            String tab = template.supportsWebhook() ? "/webhook" : "/schedule";
            return UiContext.goTo("/integrations/" + created.id() + tab);
        } catch (ProblemException e) {
            return form(e.type().status(), template, title, configuration, chosen, Message.of(e));
        }
    }

    private Response form(
            int status,
            Template template,
            String name,
            JsonNode configuration,
            Map<String, UUID> chosen,
            Message message) {
        return UiContext.page(
                status,
                Pages.start(
                        ui.shell(template.flow().title(), "library"),
                        template,
                        Markdown.html(template.howTo()),
                        name,
                        SchemaForm.fields(template.flow().parameters(), configuration, message.errors()),
                        SlotChoice.of(
                                template.slots(), connections.list(ui.caller().tenant()), chosen, message),
                        message));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
