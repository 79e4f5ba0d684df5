package io.sluice.contract.run;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** Runs of the tenant's integrations. */
@Path("/api/v1")
@Tag(name = "Runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface RunsApi {

    @POST
    @Path("/integrations/{id}/runs")
    @Operation(operationId = "startRun", summary = "Run now")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RunStarted.class)))
    Response start(@PathParam("id") UUID integrationId, @Nullable StartRun request);

    @GET
    @Path("/integrations/{id}/runs")
    @Operation(operationId = "listRuns", summary = "An integration's runs, newest first")
    RunPage list(
            @PathParam("id") UUID integrationId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit);

    @GET
    @Path("/runs/{id}")
    @Operation(operationId = "getRun", summary = "One run with its steps, each with request and response")
    Run get(@PathParam("id") UUID runId);

    @POST
    @Path("/runs/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "cancelRun", summary = "Stop a run that has not ended")
    @APIResponse(responseCode = "202", description = "It will stop at once, or has ended already")
    Response cancel(@PathParam("id") UUID runId);

    @POST
    @Path("/runs/{id}/replay")
    @Operation(operationId = "replayRun", summary = "Repeat a run from its start, with its own or an edited event")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RunStarted.class)))
    Response replay(@PathParam("id") UUID runId, @Nullable ReplayRun request);
}
