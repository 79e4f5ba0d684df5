package io.sluice.integrations.ui;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.ReplayRun;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is set up: with another event, from another step.
 *
 * @param path of the run
 * @param event as typed
 * @param stored the event that the run had; empty when it had none
 * @param fromStep a step's visit; empty for the whole run
 * @param steps what can be chosen
 */
public record ReplayForm(String path, String event, String stored, String fromStep, List<Choice> steps) {

    static final String EVENT = "/event";

    /** A step that a replay may begin at. */
    public record Choice(String visit, String label) {}

    static ReplayForm of(RunView run) {
        return new ReplayForm(run.row().path(), run.event(), run.event(), "", choices(run));
    }

    /** A form without an event's field, as the buttons send it, repeats the stored one. */
    static ReplayForm of(MultivaluedMap<String, String> form, RunView run) {
        String event = form.getFirst("event");
        return new ReplayForm(
                run.row().path(), event == null ? run.event() : event, run.event(), fromStep(form), choices(run));
    }

    /** What was typed, while the service that knows the run is away. */
    static ReplayForm of(MultivaluedMap<String, String> form, String path) {
        String event = form.getFirst("event");
        String fromStep = fromStep(form);
        return new ReplayForm(
                path,
                event == null ? "" : event,
                "",
                fromStep,
                fromStep.isEmpty() ? List.of() : List.of(new Choice(fromStep, fromStep)));
    }

    private static String fromStep(MultivaluedMap<String, String> form) {
        String step = form.getFirst("fromStep");
        return step == null ? "" : step.strip();
    }

    private static List<Choice> choices(RunView run) {
        return run.beginnings().stream()
                .map(step -> new Choice(step.visit(), step.name() + " (" + step.visit() + ")"))
                .toList();
    }

    /** Whether a step is chosen that is not among the choices, such as one that the run never came to. */
    public boolean isOtherStep() {
        return !fromStep.isEmpty()
                && steps.stream().noneMatch(step -> step.visit().equals(fromStep));
    }

    /** @throws ProblemException when the event is no JSON */
    ReplayRun request() {
        return new ReplayRun(changedEvent(), fromStep);
    }

    /** The event as it was is not sent: so the calls keep their Idempotency-Keys. */
    private @Nullable JsonNode changedEvent() {
        if (event.strip().equals(stored.strip())) {
            return null;
        }
        JsonNode typed = parsed();
        return Pretty.json(typed).equals(stored) ? null : typed;
    }

    private JsonNode parsed() {
        JsonNode typed;
        try {
            typed = Pretty.parse(event);
        } catch (JsonProcessingException e) {
            throw ProblemException.field(EVENT, "This is no JSON" + where(e.getLocation()) + ".");
        }
        if (typed.isMissingNode() || typed.isNull()) {
            throw ProblemException.field(EVENT, "Write the event as JSON: {} is one without content.");
        }
        return typed;
    }

    private static String where(@Nullable JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
