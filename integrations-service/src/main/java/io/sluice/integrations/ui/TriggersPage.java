package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.schedule.ScheduleService;
import io.sluice.integrations.template.Template;
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
    private final ScheduleService schedules;
    private final UiContext ui;

    public TriggersPage(IntegrationService integrations, ScheduleService schedules, UiContext ui) {
        this.integrations = integrations;
        this.schedules = schedules;
        this.ui = ui;
    }

    @GET
    @Path("/schedule")
    public Response schedule(@PathParam("id") UUID id) {
        EditFrame frame = frame(id, "Schedule", Message.NONE);
        return schedule(200, frame, suggested(frame.template()));
    }

    @POST
    @Path("/schedule")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response addSchedule(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        ScheduleForm typed = ScheduleForm.of(form);
        try {
            schedules.create(ui.caller(), id, EditPage.revision(form), typed.settings());
            return UiContext.goTo("/integrations/" + id + "/schedule");
        } catch (ProblemException e) {
            return schedule(e.type().status(), frame(id, "Schedule", Message.of(e)), typed);
        }
    }

    @POST
    @Path("/schedule/{scheduleId}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response removeSchedule(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        schedules.delete(ui.caller(), id, scheduleId, EditPage.revision(form));
        return UiContext.goTo("/integrations/" + id + "/schedule");
    }

    private Response schedule(int status, EditFrame frame, ScheduleForm form) {
        return UiContext.page(
                status,
                Pages.schedule(
                        frame,
                        schedules.list(ui.caller().tenant(), frame.integration().id()),
                        form));
    }

    private static ScheduleForm suggested(Template template) {
        var support = template.triggers().schedule();
        return ScheduleForm.suggested(
                support == null
                                || support.suggested() == null
                                || !support.suggested().has("every")
                        ? null
                        : support.suggested().path("every").asText());
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
