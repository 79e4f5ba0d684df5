package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.run.RunHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Two runs side by side: what did the one do that the other did not? */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class ComparePage {

    private static final int CHOICES = 50;

    private final LogFrames frames;
    private final RunHistory history;
    private final UiContext ui;
    private final InstantSource clock;

    public ComparePage(LogFrames frames, RunHistory history, UiContext ui, InstantSource clock) {
        this.frames = frames;
        this.history = history;
        this.ui = ui;
        this.clock = clock;
    }

    @GET
    @Path("/logs/compare")
    public Response compare(@PathParam("id") UUID id, @QueryParam("run") List<String> typed) {
        EditFrame frame = frames.frame(id, Message.NONE);
        List<UUID> chosen = typed.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(ComparePage::runId)
                .distinct()
                .toList();
        try {
            return chosen.size() == 2
                    ? UiContext.page(LogPages.compare(
                            frame, RunComparison.of(view(id, chosen.getFirst()), view(id, chosen.getLast()))))
                    : choose(id, frame, chosen.size() == 1 ? chosen.getFirst().toString() : "");
        } catch (ProblemException e) {
            return frames.refused(id, e, LogFrames.path(id));
        }
    }

    private Response choose(UUID id, EditFrame frame, String chosen) {
        RunFilter all = RunFilter.of(new MultivaluedHashMap<>());
        RunList list = RunList.of(
                history.list(ui.caller().tenant(), id, all.query(null, CHOICES)),
                LogFrames.path(id),
                all,
                false,
                clock.instant());
        List<RunRow> others = list.rows().stream()
                .filter(row -> !row.id().toString().equals(chosen))
                .toList();
        return UiContext.page(LogPages.compareChoose(frame, list, chosen, others));
    }

    private RunView view(UUID id, UUID runId) {
        return RunView.of(frames.run(id, runId), LogFrames.path(id), clock.instant());
    }

    private static UUID runId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?run", "the id of a run, as its page shows it");
        }
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
