package io.sluice.integrations.ui;

import io.sluice.contract.Page;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.integration.IntegrationReads;
import io.sluice.integrations.integration.IntegrationService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** My integrations: what is their state? */
@Path("/integrations")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class IntegrationsPage {

    private static final int ROWS = 50;

    private final IntegrationReads reads;
    private final IntegrationService integrations;
    private final UiContext ui;

    public IntegrationsPage(IntegrationReads reads, IntegrationService integrations, UiContext ui) {
        this.reads = reads;
        this.integrations = integrations;
        this.ui = ui;
    }

    @GET
    public Response list(
            @QueryParam("q") @Nullable String text,
            @QueryParam("status") @Nullable String status,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("cursor") @Nullable String cursor) {
        String tenant = ui.caller().tenant();
        Page<Integration> page =
                reads.list(tenant, new IntegrationReads.Query(text, null, trigger, status, sort, cursor, ROWS));
        Map<String, Integer> counts = reads.counts(tenant);
        return UiContext.page(Pages.integrations(
                ui.shell("My integrations", "integrations"),
                page.items(),
                ListView.of(text, status, trigger, sort, page.nextCursor()),
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts));
    }

    @POST
    @Path("/{id}/clone")
    @RolesAllowed("editor")
    public Response copy(@PathParam("id") UUID id) {
        return UiContext.goTo("/integrations/" + integrations.copy(ui.caller(), id).id());
    }

    /** The name is typed, since this cannot be undone. */
    @POST
    @Path("/{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response delete(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Integration integration = integrations.get(ui.caller().tenant(), id);
        if (!integration.name().strip().equals(String.valueOf(form.getFirst("name")).strip())) {
            return UiContext.goTo("/integrations/" + id + "?delete=differs#delete");
        }
        integrations.delete(ui.caller().tenant(), id, EditPage.revision(form));
        return UiContext.goTo("/integrations");
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
