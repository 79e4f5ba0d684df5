package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.connection.ConnectionService;
import io.sluice.integrations.connection.ConnectionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The tenant's connections, and a form for a new one. */
@Path("/connections")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class ConnectionsPage {

    private final ConnectionService connections;
    private final ConnectionStore store;
    private final UiContext ui;

    public ConnectionsPage(ConnectionService connections, ConnectionStore store, UiContext ui) {
        this.connections = connections;
        this.store = store;
        this.ui = ui;
    }

    @GET
    public Response list(@QueryParam("kind") @Nullable String kind, @QueryParam("back") @Nullable String back) {
        ConnectionForm form = ConnectionForm.empty(ConnectionForm.kind(kind), back == null ? "" : back);
        return page(200, form, Message.NONE);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response create(MultivaluedMap<String, String> form) {
        ConnectionForm typed = ConnectionForm.of(form);
        try {
            if (typed.name().isEmpty()) {
                throw ProblemException.field("/name", "is needed");
            }
            connections.create(ui.caller(), typed.settings(form));
        } catch (ProblemException e) {
            return page(e.type().status(), typed, Message.of(e));
        }
        // Only back to our own pages.
        return UiContext.goTo(typed.back().matches("/library/[a-z0-9/-]+") ? typed.back() : "/connections");
    }

    private Response page(int status, ConnectionForm form, Message message) {
        return UiContext.page(
                status,
                Pages.connections(
                        ui.shell("Connections", "connections"),
                        store.list(ui.caller().tenant()).stream()
                                .map(ConnectionStore.Stored::connection)
                                .toList(),
                        form,
                        message));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
