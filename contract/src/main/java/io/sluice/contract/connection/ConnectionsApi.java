package io.sluice.contract.connection;

import io.sluice.contract.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tenant's connections. */
@Path("/api/v1/connections")
@Tag(name = "Connections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface ConnectionsApi {

    @GET
    @Operation(operationId = "listConnections", summary = "The tenant's connections")
    Page<Connection> list(@QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable Integer limit);

    @POST
    @Operation(operationId = "createConnection", summary = "Keep a credential, sealed")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Connection.class)))
    Response create(@Valid @NotNull ConnectionSettings connection);

    @GET
    @Path("/{id}")
    @Operation(operationId = "getConnection", summary = "One connection, without its secrets")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Connection.class)))
    Response get(@PathParam("id") UUID id);

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateConnection", summary = "Change a connection or its secrets")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Connection.class)))
    Response update(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ConnectionSettings connection);

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteConnection", summary = "Forget a connection that nothing uses")
    @APIResponse(responseCode = "204", description = "Gone")
    Response delete(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch);

    @POST
    @Path("/{id}/test")
    @Operation(operationId = "testConnection", summary = "Make a GET with the connection and say what came of it")
    ConnectionProbeResult test(@PathParam("id") UUID id, @Valid @NotNull ConnectionProbe probe);
}
