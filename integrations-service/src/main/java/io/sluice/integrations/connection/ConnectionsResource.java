package io.sluice.integrations.connection;

import io.sluice.contract.Page;
import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionProbe;
import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.connection.ConnectionSettings;
import io.sluice.contract.connection.ConnectionsApi;
import io.sluice.contract.probe.InternalProbe;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.CurrentCaller;
import io.sluice.integrations.security.ETags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class ConnectionsResource implements ConnectionsApi {

    private final ConnectionService connections;
    private final ConnectionStore store;
    private final RunOwners owners;
    private final CurrentCaller caller;

    public ConnectionsResource(
            ConnectionService connections, ConnectionStore store, RunOwners owners, CurrentCaller caller) {
        this.connections = connections;
        this.store = store;
        this.owners = owners;
        this.caller = caller;
    }

    @Override
    public Page<Connection> list(@Nullable String cursor, @Nullable Integer limit) {
        // A tenant has a handful: one page holds them all.
        return new Page<>(
                store.list(caller.get().tenant()).stream()
                        .map(ConnectionStore.Stored::connection)
                        .toList(),
                null);
    }

    @Override
    @RolesAllowed("editor")
    public Response create(ConnectionSettings connection) {
        ConnectionStore.Stored stored = connections.create(caller.get(), connection);
        return tagged(
                Response.created(
                        URI.create("/api/v1/connections/" + stored.connection().id())),
                stored);
    }

    @Override
    public Response get(UUID id) {
        return tagged(Response.ok(), connections.get(caller.get().tenant(), id));
    }

    @Override
    @RolesAllowed("editor")
    public Response update(UUID id, @Nullable String ifMatch, ConnectionSettings connection) {
        return tagged(Response.ok(), connections.update(caller.get(), id, ETags.required(ifMatch), connection));
    }

    @Override
    @RolesAllowed("editor")
    public Response delete(UUID id, @Nullable String ifMatch) {
        connections.delete(caller.get(), id, ETags.required(ifMatch));
        return Response.noContent().build();
    }

    @Override
    @RolesAllowed("editor")
    public ConnectionProbeResult test(UUID id, ConnectionProbe probe) {
        String tenant = caller.get().tenant();
        ConnectionStore.Stored stored = connections.get(tenant, id);
        // Only a service that makes calls can open the secret; either could, the scheduler is not on the internet.
        return owners.probe(new InternalProbe(tenant, stored.forScheduler(), probe.url()));
    }

    private static Response tagged(Response.ResponseBuilder answer, ConnectionStore.Stored stored) {
        return answer.entity(stored.connection())
                .header("ETag", ETags.of(stored.version()))
                .build();
    }
}
