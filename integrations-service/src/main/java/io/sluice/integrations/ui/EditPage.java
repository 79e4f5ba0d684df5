package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.integration.IntegrationUpdate;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.template.Template;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Edit integration: basic info, configuration, connections. */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class EditPage {

    private final IntegrationService integrations;
    private final ConnectionStore connections;
    private final EditFrames frames;
    private final UiContext ui;

    public EditPage(IntegrationService integrations, ConnectionStore connections, EditFrames frames, UiContext ui) {
        this.integrations = integrations;
        this.connections = connections;
        this.frames = frames;
        this.ui = ui;
    }

    @GET
    public Response basic(@PathParam("id") UUID id, @QueryParam("delete") @Nullable String deletion) {
        EditFrame frame = frames.form(id, "Basic info", Message.NONE);
        Integration integration = frame.integration();
        return UiContext.page(Pages.basic(
                frame,
                integration.name(),
                integration.description(),
                String.join(", ", integration.categories()),
                deletion != null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response saveBasic(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        String name = text(form, "name");
        String description = text(form, "description");
        String categories = text(form, "categories");
        try {
            if (name.isEmpty() || name.length() > 200) {
                throw ProblemException.field("/name", "1 to 200 characters");
            }
            Integration now = integrations.get(ui.caller().tenant(), id);
            List<String> list = Arrays.stream(categories.split(","))
                    .map(String::strip)
                    .filter(category -> !category.isEmpty())
                    .toList();
            save(
                    id,
                    form,
                    new IntegrationUpdate(null, name, description, list, now.configuration(), now.connections()));
            return UiContext.goTo("/integrations/" + id);
        } catch (ProblemException e) {
            EditFrame frame = frames.form(id, "Basic info", Message.of(e));
            return UiContext.page(e.type().status(), Pages.basic(frame, name, description, categories, false));
        }
    }

    @GET
    @Path("/configuration")
    public Response configuration(@PathParam("id") UUID id) {
        EditFrame frame = frames.form(id, "Configuration", Message.NONE);
        return configuration(200, frame, frame.integration().configuration());
    }

    @POST
    @Path("/configuration")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response saveConfiguration(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Template template = integrations.templateOf(ui.caller().tenant(), id);
        JsonNode typed = SchemaForm.read(template.flow().parameters(), form);
        try {
            Integration now = integrations.get(ui.caller().tenant(), id);
            save(
                    id,
                    form,
                    new IntegrationUpdate(
                            null, now.name(), now.description(), now.categories(), typed, now.connections()));
            return UiContext.goTo("/integrations/" + id + "/configuration");
        } catch (ProblemException e) {
            return configuration(e.type().status(), frames.form(id, "Configuration", Message.of(e)), typed);
        }
    }

    @GET
    @Path("/connections")
    public Response slots(@PathParam("id") UUID id) {
        EditFrame frame = frames.form(id, "Connections", Message.NONE);
        return slots(200, frame, frame.integration().connections());
    }

    @POST
    @Path("/connections")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response saveSlots(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Map<String, UUID> chosen =
                Slots.read(integrations.templateOf(ui.caller().tenant(), id), form);
        try {
            Integration now = integrations.get(ui.caller().tenant(), id);
            save(
                    id,
                    form,
                    new IntegrationUpdate(
                            null, now.name(), now.description(), now.categories(), now.configuration(), chosen));
            return UiContext.goTo("/integrations/" + id + "/connections");
        } catch (ProblemException e) {
            return slots(e.type().status(), frames.form(id, "Connections", Message.of(e)), chosen);
        }
    }

    @POST
    @Path("/clone")
    @RolesAllowed("editor")
    public Response copy(@PathParam("id") UUID id) {
        return UiContext.goTo(
                "/integrations/" + integrations.copy(ui.caller(), id).id());
    }

    /** The name is typed, since this cannot be undone. */
    @POST
    @Path("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response delete(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Integration integration = integrations.get(ui.caller().tenant(), id);
        if (!integration
                .name()
                .strip()
                .equals(String.valueOf(form.getFirst("name")).strip())) {
            return UiContext.goTo("/integrations/" + id + "?delete=differs#delete");
        }
        integrations.delete(ui.caller(), id, revision(form));
        return UiContext.goTo("/integrations");
    }

    private Response configuration(int status, EditFrame frame, JsonNode values) {
        return UiContext.page(
                status,
                Pages.configuration(
                        frame,
                        SchemaForm.fields(
                                frame.template().flow().parameters(),
                                values,
                                frame.message().errors())));
    }

    private Response slots(int status, EditFrame frame, Map<String, UUID> chosen) {
        return UiContext.page(
                status,
                Pages.slots(
                        frame,
                        SlotChoice.of(
                                frame.template().slots(),
                                connections.list(ui.caller().tenant()),
                                chosen,
                                frame.message())));
    }

    private void save(UUID id, MultivaluedMap<String, String> form, IntegrationUpdate update) {
        integrations.update(ui.caller(), id, revision(form), update);
    }

    /** What the form was drawn from; a change by somebody else in between is not overwritten unseen. */
    static OptionalLong revision(MultivaluedMap<String, String> form) {
        String text = text(form, "revision");
        return OptionalLong.of(text.matches("\\d{1,18}") ? Long.parseLong(text) : -1);
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
