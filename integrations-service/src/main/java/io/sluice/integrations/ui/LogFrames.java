package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.Run;
import io.sluice.integrations.run.RunHistory;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** What the pages of an integration's logs share: the frame around them, and whose run it is. */
@Singleton
class LogFrames {

    private final EditFrames frames;
    private final RunHistory history;
    private final UiContext ui;

    LogFrames(EditFrames frames, RunHistory history, UiContext ui) {
        this.frames = frames;
        this.history = history;
        this.ui = ui;
    }

    static String path(UUID integrationId) {
        return "/integrations/" + integrationId + "/logs";
    }

    /** @throws ProblemException 404 when there is no such integration */
    EditFrame frame(UUID integrationId, Message message) {
        return frames.below(integrationId, "Logs", message);
    }

    /** @throws ProblemException 404 when the integration has no such run, 503 when its owner is away */
    Run run(UUID integrationId, UUID runId, long after) {
        Run run = history.get(ui.caller().tenant(), runId, after);
        if (!run.integrationId().equals(integrationId)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
        }
        return run;
    }

    Run run(UUID integrationId, UUID runId) {
        return run(integrationId, runId, 0);
    }

    /** Who does not answer is said within the integration, so that everything else of it stays in reach. */
    Response refused(UUID integrationId, ProblemException problem, String path) {
        if (problem.type() != ProblemType.UNAVAILABLE) {
            return ui.error(problem);
        }
        return UiContext.page(
                problem.type().status(), LogPages.runAway(frame(integrationId, Message.NONE), problem.detail(), path));
    }
}
