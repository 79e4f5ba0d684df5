package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.StartRun;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.run.RunCommands;
import io.sluice.integrations.template.Template;
import io.sluice.run.expression.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Run now: at once, or with another event or what the template offers for one run. */
@Path("/integrations/{id}/run")
@RolesAllowed("editor")
@RunOnVirtualThread
public class RunNowPage {

    private static final String POINTER = "/options/";
    private static final String CHOSEN = "chosen";

    private final IntegrationService integrations;
    private final RunCommands runs;
    private final EditFrames frames;
    private final UiContext ui;

    public RunNowPage(IntegrationService integrations, RunCommands runs, EditFrames frames, UiContext ui) {
        this.integrations = integrations;
        this.runs = runs;
        this.frames = frames;
        this.ui = ui;
    }

    @GET
    public Response form(@PathParam("id") UUID id) {
        EditFrame frame = frames.below(id, "Logs", Message.NONE);
        JsonNode sample =
                frame.template().supportsSchedule() ? null : frame.template().sampleEvent();
        return page(200, frame, sample == null ? "" : sample.toPrettyString(), new MultivaluedHashMap<>());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(@PathParam("id") UUID id, @Nullable MultivaluedMap<String, String> form) {
        MultivaluedMap<String, String> typed = form == null ? new MultivaluedHashMap<>() : form;
        String event = Objects.requireNonNullElse(typed.getFirst("event"), "");
        try {
            Template template = integrations.templateOf(ui.caller().tenant(), id);
            RunStarted started = runs.start(ui.caller(), id, new StartRun(event(event), options(template, typed)));
            return UiContext.goTo("/integrations/" + id + "/logs/" + started.runId());
        } catch (ProblemException e) {
            return page(e.type().status(), frames.below(id, "Logs", Message.of(e)), event, typed);
        }
    }

    private static @Nullable JsonNode event(String text) {
        try {
            return text.isBlank() ? null : Json.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("/event", "cannot be read as JSON: " + e.getMessage());
        }
    }

    /** Nothing chosen is no options. */
    private static @Nullable JsonNode options(Template template, MultivaluedMap<String, String> form) {
        JsonNode schema = template.runOptions();
        // The plain button has no fields: nothing was chosen there, not even that a box is not ticked.
        if (schema == null || !form.containsKey(CHOSEN)) {
            return null;
        }
        JsonNode chosen = SchemaForm.read(schema, form);
        return chosen.isEmpty() ? null : chosen;
    }

    private Response page(int status, EditFrame frame, String event, MultivaluedMap<String, String> form) {
        JsonNode schema = frame.template().runOptions();
        List<Field> fields = List.of();
        if (schema != null) {
            JsonNode values = form.containsKey(CHOSEN) ? SchemaForm.read(schema, form) : Json.MAPPER.createObjectNode();
            fields = SchemaForm.fields(schema, values, frame.message().errors(), POINTER);
        }
        return UiContext.page(status, Pages.runNow(frame, event, fields));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
