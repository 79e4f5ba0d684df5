package io.sluice.contract.probe;

import io.sluice.contract.connection.ConnectionProbeResult;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks a service that makes calls to make one with a connection that may not be deployed. */
@Path("/internal/v1/connection-probes")
@Tag(name = "Internal: runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface ProbesApi {

    @POST
    @Operation(operationId = "internalProbeConnection", summary = "Make a call with a connection that is not deployed")
    ConnectionProbeResult probe(@Valid @NotNull InternalProbe request);
}
