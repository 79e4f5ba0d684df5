package io.sluice.contract.schedule;

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

/** An integration's schedules. */
@Path("/api/v1")
@Tag(name = "Schedules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface SchedulesApi {

    @GET
    @Path("/integrations/{id}/schedules")
    @Operation(operationId = "listSchedules", summary = "An integration's schedules")
    Page<Schedule> list(@PathParam("id") UUID integrationId);

    @POST
    @Path("/integrations/{id}/schedules")
    @Operation(operationId = "createSchedule", summary = "Add a schedule; If-Match is the integration's ETag")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Schedule.class)))
    Response create(
            @PathParam("id") UUID integrationId,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ScheduleSettings schedule);

    @GET
    @Path("/integrations/{id}/schedules/{scheduleId}")
    @Operation(operationId = "getSchedule", summary = "One schedule")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Schedule.class)))
    Response get(@PathParam("id") UUID integrationId, @PathParam("scheduleId") UUID scheduleId);

    @PUT
    @Path("/integrations/{id}/schedules/{scheduleId}")
    @Operation(operationId = "updateSchedule", summary = "Change a schedule")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Schedule.class)))
    Response update(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ScheduleSettings schedule);

    @DELETE
    @Path("/integrations/{id}/schedules/{scheduleId}")
    @Operation(operationId = "deleteSchedule", summary = "Remove a schedule")
    @APIResponse(responseCode = "204", description = "Gone; the ETag header is the integration's new one")
    Response delete(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @HeaderParam("If-Match") @Nullable String ifMatch);

    @GET
    @Path("/integrations/{id}/schedules/{scheduleId}/state")
    @Operation(
            operationId = "getScheduleState",
            summary = "What a schedule is doing now, as the scheduler knows it",
            description =
                    "Its next instant with jitter, what waits, and whether the scheduler has paused it by itself.")
    ScheduleState state(@PathParam("id") UUID integrationId, @PathParam("scheduleId") UUID scheduleId);

    @GET
    @Path("/integrations/{id}/schedules/{scheduleId}/firings")
    @Operation(operationId = "listFirings", summary = "What became of a schedule's instants, newest first")
    Page<Firing> firings(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit);

    @POST
    @Path("/integrations/{id}/schedules/{scheduleId}/pause")
    @Operation(operationId = "pauseSchedule", summary = "Pause a schedule, with a note")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Schedule.class)))
    Response pause(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull PauseSchedule pause);

    @POST
    @Path("/integrations/{id}/schedules/{scheduleId}/resume")
    @Operation(operationId = "resumeSchedule", summary = "Let a paused schedule go on")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Schedule.class)))
    Response resume(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ResumeSchedule resume);

    @POST
    @Path("/integrations/{id}/schedules/{scheduleId}/backfills")
    @Operation(operationId = "startBackfill", summary = "Start runs for a schedule's instants of a past range")
    @APIResponse(
            responseCode = "200",
            description = "What a dry run found",
            content = @Content(schema = @Schema(implementation = Backfill.class)))
    @APIResponse(
            responseCode = "201",
            description = "It goes on",
            content = @Content(schema = @Schema(implementation = Backfill.class)))
    Response startBackfill(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @Valid @NotNull StartBackfill backfill);

    @GET
    @Path("/integrations/{id}/schedules/{scheduleId}/backfills")
    @Operation(operationId = "listBackfills", summary = "A schedule's backfills, newest first")
    Page<Backfill> backfills(@PathParam("id") UUID integrationId, @PathParam("scheduleId") UUID scheduleId);

    @DELETE
    @Path("/integrations/{id}/schedules/{scheduleId}/backfills/{backfillId}")
    @Operation(operationId = "stopBackfill", summary = "Start no more of a backfill's runs")
    @APIResponse(responseCode = "204", description = "Stopped; runs that were started go on")
    void stopBackfill(
            @PathParam("id") UUID integrationId,
            @PathParam("scheduleId") UUID scheduleId,
            @PathParam("backfillId") UUID backfillId);

    @POST
    @Path("/schedules/preview")
    @Operation(
            operationId = "previewSchedule",
            summary = "A rule in words and its next instants, without saving it",
            description = "With pausedSince, the instants that catch-up would fire now come first. The default of after"
                    + " is now, that of count 10, at most 200.")
    SchedulePreview preview(
            @QueryParam("count") @Nullable Integer count,
            @QueryParam("after") @Nullable String after,
            @QueryParam("pausedSince") @Nullable String pausedSince,
            @Valid @NotNull ScheduleSettings schedule);
}
