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

    @POST
    @Path("/schedules/preview")
    @Operation(operationId = "previewSchedule", summary = "A rule in words and its next instants, without saving it")
    SchedulePreview preview(@QueryParam("count") @Nullable Integer count, @Valid @NotNull ScheduleSettings schedule);
}
