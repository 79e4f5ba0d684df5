package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.RunStarted;
import io.sluice.integrations.run.RunCommands;
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
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What is done to one run: replay it, with another event or from a step, or cancel it. */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class RunCommandsPage {

    private final LogFrames frames;
    private final RunCommands runs;
    private final UiContext ui;
    private final InstantSource clock;

    public RunCommandsPage(LogFrames frames, RunCommands runs, UiContext ui, InstantSource clock) {
        this.frames = frames;
        this.runs = runs;
        this.ui = ui;
        this.clock = clock;
    }

    @GET
    @Path("/logs/{runId}/replay")
    @RolesAllowed("editor")
    public Response form(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        EditFrame frame = frames.frame(id, Message.NONE);
        try {
            return UiContext.page(LogPages.replay(frame, ReplayForm.of(view(id, runId))));
        } catch (ProblemException e) {
            return frames.refused(id, e, path(id, runId) + "/replay");
        }
    }

    @POST
    @Path("/logs/{runId}/replay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response replay(
            @PathParam("id") UUID id, @PathParam("runId") UUID runId, MultivaluedMap<String, String> form) {
        ReplayForm typed = ReplayForm.of(form, path(id, runId));
        try {
            typed = ReplayForm.of(form, view(id, runId));
            RunStarted started = runs.replay(ui.caller(), runId, typed.request());
            return UiContext.goTo(path(id, started.runId()));
        } catch (ProblemException e) {
            if (e.type() == ProblemType.NOT_FOUND) {
                throw e;
            }
            return UiContext.page(e.type().status(), LogPages.replay(frames.frame(id, Message.of(e)), typed));
        }
    }

    @POST
    @Path("/logs/{runId}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response cancel(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        try {
            frames.run(id, runId);
            runs.cancel(ui.caller(), runId);
            return UiContext.goTo(path(id, runId));
        } catch (ProblemException e) {
            return frames.refused(id, e, path(id, runId));
        }
    }

    private RunView view(UUID id, UUID runId) {
        return RunView.of(frames.run(id, runId), LogFrames.path(id), clock.instant());
    }

    private static String path(UUID id, UUID runId) {
        return LogFrames.path(id) + "/" + runId;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
