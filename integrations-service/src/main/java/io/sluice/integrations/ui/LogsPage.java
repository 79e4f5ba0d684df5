package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.Step;
import io.sluice.integrations.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Edit integration: what happened, and what now? */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class LogsPage {

    private static final int ROWS = 50;

    private final LogFrames frames;
    private final RunHistory history;
    private final UiContext ui;
    private final InstantSource clock;

    public LogsPage(LogFrames frames, RunHistory history, UiContext ui, InstantSource clock) {
        this.frames = frames;
        this.history = history;
        this.ui = ui;
        this.clock = clock;
    }

    @GET
    @Path("/logs")
    public Response logs(@PathParam("id") UUID id, @Context UriInfo uri) {
        EditFrame frame = frames.frame(id, Message.NONE);
        RunFilter filter = RunFilter.of(uri.getQueryParameters());
        UUID before = cursor(uri.getQueryParameters().getFirst("cursor"));
        if (!filter.isValid()) {
            return UiContext.page(400, LogPages.logs(frame, RunList.unasked(LogFrames.path(id), filter)));
        }
        RunList list = RunList.of(
                history.list(ui.caller().tenant(), id, filter.query(before, ROWS)),
                LogFrames.path(id),
                filter,
                before != null,
                clock.instant());
        return UiContext.page(LogPages.logs(frame, list));
    }

    @GET
    @Path("/logs/{runId}")
    public Response run(
            @PathParam("id") UUID id, @PathParam("runId") UUID runId, @QueryParam("after") @Nullable Long after) {
        EditFrame frame = frames.frame(id, Message.NONE);
        try {
            return UiContext.page(LogPages.run(frame, view(id, frames.run(id, runId, after == null ? 0 : after))));
        } catch (ProblemException e) {
            return frames.refused(id, e, LogFrames.path(id) + "/" + runId);
        }
    }

    /** What is on a run's page, for a row that opens in the list and for a page that follows a run. */
    @GET
    @Path("/logs/{runId}/part")
    public Response part(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        boolean canEdit = ui.caller().canEdit();
        return UiContext.page(LogPages.runPart(view(id, frames.run(id, runId)), canEdit));
    }

    @GET
    @Path("/logs/{runId}/row")
    public Response row(@PathParam("id") UUID id, @PathParam("runId") UUID runId) {
        return UiContext.page(LogPages.logRow(RunRow.of(frames.run(id, runId), LogFrames.path(id), clock.instant())));
    }

    /** A body as it is in the log, as a file. */
    @GET
    @Path("/logs/{runId}/steps/{seq}/{side}")
    public Response body(
            @PathParam("id") UUID id,
            @PathParam("runId") UUID runId,
            @PathParam("seq") long seq,
            @PathParam("side") String side) {
        Step step = frames.run(id, runId, seq - 1).steps().stream()
                .filter(found -> found.seq() == seq)
                .findFirst()
                .orElseThrow(LogsPage::noBody);
        String body = body(step, side);
        if (body == null) {
            throw noBody();
        }
        String name = step.name().replaceAll("[^A-Za-z0-9_-]+", "-") + "-" + side
                + (Pretty.looksLikeJson(body) ? ".json" : ".txt");
        // As text and as a file: what another side sent is never a page of ours.
        return Response.ok(body, "text/plain;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private RunView view(UUID integrationId, Run run) {
        return RunView.of(run, LogFrames.path(integrationId), clock.instant());
    }

    private static @Nullable String body(Step step, String side) {
        HttpRequestLog request = step.request();
        HttpResponseLog response = step.response();
        return switch (side) {
            case "request" -> request == null ? null : request.body();
            case "response" -> response == null ? null : response.body();
            default -> null;
        };
    }

    private static ProblemException noBody() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such body in the log.");
    }

    private static @Nullable UUID cursor(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?cursor", "follow the link of the page before");
        }
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
