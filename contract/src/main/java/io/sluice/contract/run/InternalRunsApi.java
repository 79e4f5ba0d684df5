package io.sluice.contract.run;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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
    Run get(@PathParam("id") UUID runId, @QueryParam("tenant") @NotNull String tenant, @QueryParam("after") long after);

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
    @Path("/runs/{id}/progress")
    @Operation(
            operationId = "internalRunProgress",
            summary = "What happened to a run since a position; waits for something to happen")
    RunProgress progress(
            @PathParam("id") UUID runId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("after") long after,
            @QueryParam("status") @Nullable String knownStatus,
            @QueryParam("wait") @Nullable String wait);

    @GET
    @Path("/integrations/{id}/state")
    @Operation(operationId = "internalGetState", summary = "What the flow keeps between runs")
    FlowState state(@PathParam("id") UUID integrationId, @QueryParam("tenant") @NotNull String tenant);

    @PUT
    @Path("/integrations/{id}/state")
    @Operation(operationId = "internalSetState", summary = "Set it, if it has not changed since")
    FlowState setState(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @QueryParam("version") long expectedVersion,
            @NotNull SetState request);

    @GET
    @Path("/integrations/{id}/parked-keys")
    @Operation(operationId = "internalListParkedKeys", summary = "Keys whose event failed for good")
    List<ParkedKey> parkedKeys(@PathParam("id") UUID integrationId, @QueryParam("tenant") @NotNull String tenant);

    @POST
    @Path("/integrations/{id}/parked-keys/release")
    @Operation(operationId = "internalReleaseKey", summary = "Let a parked key go on")
    KeyReleased releaseKey(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @Valid @NotNull ReleaseKey request);

    @POST
    @Path("/integrations/{id}/replays/preview")
    @Operation(operationId = "internalPreviewReplay", summary = "What a replay of many runs would do")
    ReplayPreview previewReplay(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @Valid @NotNull ReplayRuns request);

    @POST
    @Path("/integrations/{id}/replays")
    @Operation(operationId = "internalReplayRuns", summary = "Repeat many runs at a rate")
    BulkReplay replayMany(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @Valid @NotNull ReplayRuns request);

    @GET
    @Path("/integrations/{id}/replays")
    @Operation(operationId = "internalListReplays", summary = "Replays of many runs, newest first")
    List<BulkReplay> replays(@PathParam("id") UUID integrationId, @QueryParam("tenant") @NotNull String tenant);

    @POST
    @Path("/replays/{id}/stop")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "internalStopReplay", summary = "Start no more of them")
    BulkReplay stopReplay(@PathParam("id") UUID replayId, @QueryParam("tenant") @NotNull String tenant);

    @GET
    @Path("/last-runs")
    @Operation(operationId = "internalLastRuns", summary = "Integrations whose newest run changed; waits for a change")
    LastRunFeed lastRuns(@QueryParam("after") long after, @QueryParam("wait") @Nullable String wait);
}
