package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.RunStarted;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.run.RunCommands;
import io.sluice.integrations.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Edit integration: what happened, and what now? */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class LogsPage {

    private static final int ROWS = 50;

    private final IntegrationService integrations;
    private final RunHistory history;
    private final RunCommands runs;
    private final UiContext ui;

    public LogsPage(IntegrationService integrations, RunHistory history, RunCommands runs, UiContext ui) {
        this.integrations = integrations;
        this.history = history;
        this.runs = runs;
        this.ui = ui;
    }

    @GET
    @Path("/logs")
    public Response logs(@PathParam("id") UUID id, @QueryParam("cursor") @Nullable String cursor) {
        EditFrame frame = frame(id);
        RunHistory.Query query = new RunHistory.Query(null, null, null, null, cursor(cursor), ROWS);
        return UiContext.page(Pages.logs(frame, history.list(ui.caller().tenant(), id, query)));
    }

    @GET
    @Path("/logs/{runId}")
    public Response run(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        return UiContext.page(Pages.run(frame(id), history.get(ui.caller().tenant(), runId)));
    }

    @POST
    @Path("/logs/{runId}/replay")
    @RolesAllowed("editor")
    public Response replay(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        RunStarted started = runs.replay(ui.caller(), runId, new ReplayRun(null, null));
        return UiContext.goTo("/integrations/" + id + "/logs/" + started.runId());
    }

    private static @Nullable UUID cursor(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?cursor", "follow the link of the page before");
        }
    }

    private EditFrame frame(UUID id) {
        String tenant = ui.caller().tenant();
        Integration integration = integrations.get(tenant, id);
        return EditFrame.of(
                ui.shell(integration.name(), "integrations"),
                integration,
                integrations.templateOf(tenant, id),
                "Logs",
                Message.NONE);
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
