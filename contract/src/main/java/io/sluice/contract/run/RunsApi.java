package io.sluice.contract.run;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
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
    @Operation(
            operationId = "getRun",
            summary = "One run with its steps, each with request and response; a page at a time")
    Run get(@PathParam("id") UUID runId, @QueryParam("after") @Nullable Long after);

    @POST
    @Path("/runs/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "cancelRun", summary = "Stop a run that has not ended")
    @APIResponse(responseCode = "202", description = "It will stop at once, or has ended already")
    Response cancel(@PathParam("id") UUID runId);

    @POST
    @Path("/runs/{id}/replay")
    @Operation(
            operationId = "replayRun",
            summary = "Repeat a run from its start or a step, with its own or an edited event")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = RunStarted.class)))
    Response replay(@PathParam("id") UUID runId, @Nullable ReplayRun request);

    @GET
    @Path("/runs/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "watchRun",
            summary = "Watch a run live",
            description =
                    "Server-sent events: `step` for each step as it is logged (its id is the step's `seq`), `run` when "
                            + "the run's state changes, and a last `run` when it has ended, after which the stream closes. "
                            + "Reconnecting with Last-Event-ID goes on where it stopped.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS))
    void watch(
            @PathParam("id") UUID runId,
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context SseEventSink events,
            @Context Sse sse);

    @GET
    @Path("/integrations/{id}/state")
    @Operation(
            operationId = "getState",
            summary = "What the flow keeps between runs ($context), with its last 20 values")
    States states(@PathParam("id") UUID integrationId);

    @GET
    @Path("/integrations/{id}/state/{service}")
    @Operation(operationId = "getServiceState", summary = "The same of one service")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ServiceState.class)))
    Response state(@PathParam("id") UUID integrationId, @PathParam("service") String service);

    @PUT
    @Path("/integrations/{id}/state/{service}")
    @Operation(operationId = "setState", summary = "Set it, go back to one of its last values, or reset it with null")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ServiceState.class)))
    @APIResponse(responseCode = "409", description = "A run goes on from the present value: cancel it or let it end")
    Response setState(
            @PathParam("id") UUID integrationId,
            @PathParam("service") String service,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull SetState request);

    @GET
    @Path("/integrations/{id}/parked-keys")
    @Operation(operationId = "listParkedKeys", summary = "Keys whose event failed for good, so that others wait")
    ParkedKeys parkedKeys(@PathParam("id") UUID integrationId);

    @POST
    @Path("/integrations/{id}/parked-keys/release")
    @Operation(operationId = "releaseKey", summary = "Retry the failed event, skip it, or drop those that wait")
    KeyReleased releaseKey(@PathParam("id") UUID integrationId, @Valid @NotNull ReleaseKey request);

    @POST
    @Path("/integrations/{id}/replays/preview")
    @Operation(operationId = "previewReplay", summary = "How many runs a replay would repeat, and whom they called")
    ReplayPreview previewReplay(@PathParam("id") UUID integrationId, @Valid @NotNull ReplayRuns request);

    @POST
    @Path("/integrations/{id}/replays")
    @Operation(operationId = "replayRuns", summary = "Repeat many runs at a rate")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = BulkReplays.class)))
    Response replayMany(@PathParam("id") UUID integrationId, @Valid @NotNull ReplayRuns request);

    @GET
    @Path("/integrations/{id}/replays")
    @Operation(operationId = "listReplays", summary = "Replays of many runs, newest first, with how far they are")
    BulkReplays replays(@PathParam("id") UUID integrationId);

    @POST
    @Path("/replays/{id}/stop")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "stopReplay", summary = "Start no more of them; what was started goes on")
    BulkReplay stopReplay(@PathParam("id") UUID replayId);
}
