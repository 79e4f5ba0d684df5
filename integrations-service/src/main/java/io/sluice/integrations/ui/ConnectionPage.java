package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.connection.ConnectionSettings;
import io.sluice.contract.probe.InternalProbe;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.connection.ConnectionService;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.integration.IntegrationReads;
import io.sluice.integrations.owner.RunOwners;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** One connection: what it says, who uses it, whether it works, and new secrets for it. */
@Path("/connections/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class ConnectionPage {

    private static final int USERS = 50;

    private final ConnectionService connections;
    private final IntegrationReads integrations;
    private final RunOwners owners;
    private final UiContext ui;

    public ConnectionPage(
            ConnectionService connections, IntegrationReads integrations, RunOwners owners, UiContext ui) {
        this.connections = connections;
        this.integrations = integrations;
        this.owners = owners;
        this.ui = ui;
    }

    @GET
    public Response show(@PathParam("id") UUID id) {
        ConnectionStore.Stored stored = connections.get(ui.caller().tenant(), id);
        return page(200, stored, ConnectionForm.of(stored.connection()), Message.NONE, "", null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        ConnectionStore.Stored stored = connections.get(ui.caller().tenant(), id);
        ConnectionForm typed = ConnectionForm.of(form);
        try {
            if (typed.name().isEmpty()) {
                throw ProblemException.field("/name", "is needed");
            }
            ConnectionSettings wanted = typed.settings(form);
            connections.update(
                    ui.caller(),
                    id,
                    version(form),
                    new ConnectionSettings(
                            wanted.name(),
                            stored.connection().kind(),
                            wanted.settings(),
                            // Left out they stay, and nobody can have typed them again.
                            wanted.secrets() == null || wanted.secrets().isEmpty() ? null : wanted.secrets(),
                            stored.connection().limits()));
            return UiContext.goTo("/connections/" + id);
        } catch (ProblemException e) {
            return page(e.type().status(), stored, typed, Message.of(e), "", null);
        }
    }

    @POST
    @Path("/test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response test(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        String tenant = ui.caller().tenant();
        ConnectionStore.Stored stored = connections.get(tenant, id);
        String url = Objects.requireNonNullElse(form.getFirst("url"), "").strip();
        ConnectionForm shown = ConnectionForm.of(stored.connection());
        try {
            if (!url.matches("https?://.+")) {
                throw ProblemException.field("/url", "an address that begins with https://");
            }
            ConnectionProbeResult found = owners.probe(new InternalProbe(tenant, stored.forScheduler(), url));
            return page(200, stored, shown, Message.NONE, url, found);
        } catch (ProblemException e) {
            return page(e.type().status(), stored, shown, Message.of(e), url, null);
        }
    }

    @POST
    @Path("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response delete(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        try {
            connections.delete(ui.caller(), id, version(form));
            return UiContext.goTo("/connections");
        } catch (ProblemException e) {
            ConnectionStore.Stored stored = connections.get(ui.caller().tenant(), id);
            return page(e.type().status(), stored, ConnectionForm.of(stored.connection()), Message.of(e), "", null);
        }
    }

    private static OptionalLong version(MultivaluedMap<String, String> form) {
        String text = Objects.requireNonNullElse(form.getFirst("version"), "");
        return OptionalLong.of(text.matches("\\d{1,18}") ? Long.parseLong(text) : -1);
    }

    private Response page(
            int status,
            ConnectionStore.Stored stored,
            ConnectionForm form,
            Message message,
            String url,
            @Nullable ConnectionProbeResult probe) {
        return UiContext.page(
                status,
                HomePages.connection(
                        ui.shell(stored.connection().name(), "connections"),
                        stored.connection(),
                        stored.version(),
                        users(stored.connection()),
                        form,
                        url,
                        probe,
                        message));
    }

    private List<IntegrationReads.Named> users(Connection connection) {
        return integrations.named(ui.caller().tenant(), connection.usedBy(), USERS);
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
