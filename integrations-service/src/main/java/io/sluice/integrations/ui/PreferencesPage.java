package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.person.PreferenceStore;
import io.sluice.integrations.person.Preferences;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** How this person wants to see things. */
@Path("/preferences")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class PreferencesPage {

    private final PreferenceStore store;
    private final UiContext ui;

    public PreferencesPage(PreferenceStore store, UiContext ui) {
        this.store = store;
        this.ui = ui;
    }

    @GET
    public Response show() {
        return page(200, store.of(ui.caller()), Message.NONE);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(MultivaluedMap<String, String> form) {
        String zone = Objects.requireNonNullElse(form.getFirst("zone"), "").strip();
        String theme = Objects.requireNonNullElse(form.getFirst("theme"), "system");
        Preferences wanted = new Preferences(zone.isEmpty() ? null : zone, theme);
        try {
            store.save(ui.caller(), wanted);
            return UiContext.goTo("/preferences");
        } catch (ProblemException e) {
            return page(e.type().status(), wanted, Message.of(e));
        }
    }

    /** The browser's zone, told once by its script; what the person has chosen stays. */
    @POST
    @Path("/zone")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response suggest(MultivaluedMap<String, String> form) {
        store.suggestZone(ui.caller(), form.getFirst("zone"));
        return Response.noContent().build();
    }

    private Response page(int status, Preferences preferences, Message message) {
        return UiContext.page(
                status,
                HomePages.preferences(
                        ui.shell("Preferences", "preferences"), preferences, ZoneChoice.names(), message));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
