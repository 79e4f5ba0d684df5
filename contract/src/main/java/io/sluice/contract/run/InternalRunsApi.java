package io.sluice.contract.run;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What each trigger service tells integrations-service of the runs that it owns. */
@Path("/internal/v1")
@Tag(name = "Internal: runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface InternalRunsApi {

    @POST
    @Path("/runs")
    @Operation(operationId = "internalStartRun", summary = "Run now")
    RunStarted start(@Valid @NotNull InternalStart request);

    @GET
    @Path("/runs")
    @Operation(operationId = "internalListRuns", summary = "An integration's runs on this service, newest first")
    InternalRunPage list(
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("integrationId") @NotNull UUID integrationId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("before") @Nullable UUID before,
            @QueryParam("limit") int limit);

    @GET
    @Path("/runs/{id}")
    @Operation(operationId = "internalGetRun", summary = "One run with its steps")
    Run get(@PathParam("id") UUID runId, @QueryParam("tenant") @NotNull String tenant);

    @POST
    @Path("/runs/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "internalCancelRun", summary = "Stop a run")
    void cancel(
            @PathParam("id") UUID runId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy);

    @POST
    @Path("/runs/{id}/replay")
    @Operation(operationId = "internalReplayRun", summary = "Repeat a run")
    RunStarted replay(
            @PathParam("id") UUID runId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @NotNull ReplayRun request);

    @GET
    @Path("/last-runs")
    @Operation(operationId = "internalLastRuns", summary = "Integrations whose newest run changed; waits for a change")
    LastRunFeed lastRuns(@QueryParam("after") long after, @QueryParam("wait") @Nullable String wait);
}
