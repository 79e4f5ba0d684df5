package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.BulkReplays;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.integrations.run.RunReplays;
import io.sluice.run.queue.RunOwner;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Many runs at once: how many are they, whom do they call, and how far is it? */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class BulkReplayPage {

    private final LogFrames frames;
    private final RunReplays replays;
    private final UiContext ui;

    public BulkReplayPage(LogFrames frames, RunReplays replays, UiContext ui) {
        this.frames = frames;
        this.replays = replays;
        this.ui = ui;
    }

    @GET
    @Path("/logs/bulk")
    @RolesAllowed("editor")
    public Response preview(@PathParam("id") UUID id, @Context UriInfo uri) {
        BulkReplayForm form = BulkReplayForm.of(uri.getQueryParameters());
        try {
            return shown(id, Message.NONE, form, form.request());
        } catch (ProblemException e) {
            return refused(id, form, e);
        }
    }

    @POST
    @Path("/logs/bulk")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response begin(@PathParam("id") UUID id, MultivaluedMap<String, String> typed) {
        BulkReplayForm form = BulkReplayForm.of(typed);
        try {
            ReplayRuns request = form.request();
            if (!form.isSeen()) {
                Message look = Message.done("These are other runs than before. Look how many they are, then start.");
                return shown(id, look, form, request);
            }
            BulkReplays begun = replays.begin(ui.caller(), id, request);
            String away = String.join(",", begun.unavailable());
            return UiContext.goTo(LogFrames.path(id) + "/bulk/progress" + (away.isEmpty() ? "" : "?away=" + away));
        } catch (ProblemException e) {
            return refused(id, form, e);
        }
    }

    @GET
    @Path("/logs/bulk/progress")
    public Response progress(@PathParam("id") UUID id, @QueryParam("away") @Nullable String away) {
        EditFrame frame = frames.frame(id, Message.NONE);
        return UiContext.page(LogPages.bulkReplays(frame, list(id), known(away)));
    }

    @GET
    @Path("/logs/bulk/part")
    public Response part(@PathParam("id") UUID id) {
        boolean canEdit = ui.caller().canEdit();
        return UiContext.page(LogPages.bulkReplaysPart(list(id), canEdit));
    }

    @POST
    @Path("/logs/bulk/{replayId}/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response stop(@PathParam("id") UUID id, @PathParam("replayId") UUID replayId) {
        String path = LogFrames.path(id) + "/bulk/progress";
        try {
            replays.stop(ui.caller().tenant(), replayId);
            return UiContext.goTo(path);
        } catch (ProblemException e) {
            return frames.refused(id, e, path);
        }
    }

    private Response shown(UUID id, Message message, BulkReplayForm form, ReplayRuns request) {
        ReplayPreview found = replays.preview(ui.caller().tenant(), id, request);
        return page(200, id, message, new BulkReplayPreview(LogFrames.path(id), form, found));
    }

    /** What was typed stays; how many there are is not known then. */
    private Response refused(UUID id, BulkReplayForm form, ProblemException problem) {
        return page(
                problem.type().status(),
                id,
                Message.of(problem),
                new BulkReplayPreview(LogFrames.path(id), form, null));
    }

    private Response page(int status, UUID id, Message message, BulkReplayPreview preview) {
        return UiContext.page(status, LogPages.bulkReplay(frames.frame(id, message), preview));
    }

    private BulkReplayList list(UUID id) {
        return BulkReplayList.of(replays.list(ui.caller().tenant(), id), LogFrames.path(id));
    }

    /** Only names of services are repeated on a page. */
    private static String known(@Nullable String away) {
        List<String> named = away == null ? List.of() : List.of(away.split(",", -1));
        return Arrays.stream(RunOwner.values())
                .map(RunOwner::wireName)
                .filter(named::contains)
                .collect(Collectors.joining(" and "));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
