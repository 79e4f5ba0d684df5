package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.person.PreferenceStore;
import io.sluice.integrations.person.Preferences;
import io.sluice.integrations.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** How this person wants to see things. */
@Path("/preferences")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class PreferencesPage {

    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    private final PreferenceStore store;
    private final UiContext ui;
    private final UriInfo uri;

    public PreferencesPage(PreferenceStore store, UiContext ui, UriInfo uri) {
        this.store = store;
        this.ui = ui;
        this.uri = uri;
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

    /** Which of their tenants the pages are about, in this browser. */
    @POST
    @Path("/tenant")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response choose(MultivaluedMap<String, String> form) {
        String tenant = Objects.requireNonNullElse(form.getFirst("tenant"), "");
        if (!ui.tenants().contains(tenant)) {
            return page(400, store.of(ui.caller()), Message.of(ProblemException.field("/tenant", "one of yours")));
        }
        NewCookie cookie = new NewCookie.Builder(CurrentCaller.TENANT_COOKIE)
                .value(tenant)
                .path("/")
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .secure(uri.getBaseUri().getScheme().equals("https"))
                .maxAge(YEAR_SECONDS)
                .build();
        return Response.seeOther(URI.create("/")).cookie(cookie).build();
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
                        ui.shell("Preferences", "preferences"),
                        preferences,
                        ZoneChoice.names(),
                        ui.tenants(),
                        message));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
