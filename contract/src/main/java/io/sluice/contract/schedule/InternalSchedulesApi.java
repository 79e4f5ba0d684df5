package io.sluice.contract.schedule;

import io.sluice.contract.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** What the scheduler tells integrations-service of the instants of schedules, and does about them for it. */
@Path("/internal/v1/schedules")
@Tag(name = "Internal: schedules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface InternalSchedulesApi {

    @GET
    @Path("/{scheduleId}/firings")
    @Operation(operationId = "internalListFirings", summary = "What became of its instants, newest first")
    Page<Firing> firings(
            @PathParam("scheduleId") UUID scheduleId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @GET
    @Path("/{scheduleId}/state")
    @Operation(operationId = "internalScheduleState", summary = "What it is doing now")
    ScheduleState state(@PathParam("scheduleId") UUID scheduleId, @QueryParam("tenant") @NotNull String tenant);

    @POST
    @Path("/{scheduleId}/resume")
    @Operation(
            operationId = "internalResumeSchedule",
            summary = "End an automatic pause, and keep how to catch up once the deployment has it enabled")
    void resume(
            @PathParam("scheduleId") UUID scheduleId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @Valid @NotNull ResumeSchedule request);

    @POST
    @Path("/{scheduleId}/backfills")
    @Operation(operationId = "internalStartBackfill", summary = "Start runs for a past range")
    Backfill startBackfill(
            @PathParam("scheduleId") UUID scheduleId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @Valid @NotNull StartBackfill request);

    @GET
    @Path("/{scheduleId}/backfills")
    @Operation(operationId = "internalListBackfills", summary = "Its backfills, newest first")
    Page<Backfill> backfills(@PathParam("scheduleId") UUID scheduleId, @QueryParam("tenant") @NotNull String tenant);

    @DELETE
    @Path("/{scheduleId}/backfills/{backfillId}")
    @Operation(operationId = "internalStopBackfill", summary = "Start no more of its runs")
    void stopBackfill(
            @PathParam("scheduleId") UUID scheduleId,
            @PathParam("backfillId") UUID backfillId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy);
}
