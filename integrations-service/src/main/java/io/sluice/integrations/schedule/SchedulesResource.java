package io.sluice.integrations.schedule;

import io.sluice.contract.Page;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.Firing;
import io.sluice.contract.schedule.PauseSchedule;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.Schedule;
import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.contract.schedule.SchedulesApi;
import io.sluice.contract.schedule.StartBackfill;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.security.Caller;
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
public class SchedulesResource implements SchedulesApi {

    private final ScheduleService schedules;
    private final Firings firings;
    private final IntegrationService integrations;
    private final CurrentCaller caller;

    public SchedulesResource(
            ScheduleService schedules, Firings firings, IntegrationService integrations, CurrentCaller caller) {
        this.schedules = schedules;
        this.firings = firings;
        this.integrations = integrations;
        this.caller = caller;
    }

    @Override
    public Page<Schedule> list(UUID integrationId) {
        return new Page<>(schedules.list(caller.get().tenant(), integrationId), null);
    }

    @Override
    @RolesAllowed("editor")
    public Response create(UUID integrationId, @Nullable String ifMatch, ScheduleSettings schedule) {
        Caller who = caller.get();
        Schedule created = schedules.create(who, integrationId, ETags.required(ifMatch), schedule);
        URI address = URI.create("/api/v1/integrations/" + integrationId + "/schedules/" + created.id());
        return tagged(Response.created(address).entity(created), who, integrationId);
    }

    @Override
    public Response get(UUID integrationId, UUID scheduleId) {
        Caller who = caller.get();
        return tagged(Response.ok(schedules.get(who.tenant(), integrationId, scheduleId)), who, integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public Response update(UUID integrationId, UUID scheduleId, @Nullable String ifMatch, ScheduleSettings schedule) {
        Caller who = caller.get();
        Schedule updated = schedules.update(who, integrationId, scheduleId, ETags.required(ifMatch), schedule);
        return tagged(Response.ok(updated), who, integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public Response delete(UUID integrationId, UUID scheduleId, @Nullable String ifMatch) {
        Caller who = caller.get();
        schedules.delete(who, integrationId, scheduleId, ETags.required(ifMatch));
        return tagged(Response.noContent(), who, integrationId);
    }

    @Override
    public ScheduleState state(UUID integrationId, UUID scheduleId) {
        return firings.state(caller.get(), integrationId, scheduleId);
    }

    @Override
    public Page<Firing> firings(
            UUID integrationId,
            UUID scheduleId,
            @Nullable String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            @Nullable Integer limit) {
        Firings.Wanted wanted =
                new Firings.Wanted(outcome, from, to, cursor, Math.clamp(limit == null ? 50 : limit, 1, 200));
        return firings.list(caller.get(), integrationId, scheduleId, wanted);
    }

    @Override
    @RolesAllowed("editor")
    public Response pause(UUID integrationId, UUID scheduleId, @Nullable String ifMatch, PauseSchedule pause) {
        Caller who = caller.get();
        Schedule paused = schedules.pause(who, integrationId, scheduleId, ETags.required(ifMatch), pause);
        return tagged(Response.ok(paused), who, integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public Response resume(UUID integrationId, UUID scheduleId, @Nullable String ifMatch, ResumeSchedule resume) {
        Caller who = caller.get();
        Schedule resumed = firings.resume(who, integrationId, scheduleId, ETags.required(ifMatch), resume);
        return tagged(Response.ok(resumed), who, integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public Response startBackfill(UUID integrationId, UUID scheduleId, StartBackfill backfill) {
        Backfill started = firings.backfill(caller.get(), integrationId, scheduleId, backfill);
        return Response.status(backfill.dryRun() ? 200 : 201).entity(started).build();
    }

    @Override
    public Page<Backfill> backfills(UUID integrationId, UUID scheduleId) {
        return firings.backfills(caller.get(), integrationId, scheduleId);
    }

    @Override
    @RolesAllowed("editor")
    public void stopBackfill(UUID integrationId, UUID scheduleId, UUID backfillId) {
        firings.stopBackfill(caller.get(), integrationId, scheduleId, backfillId);
    }

    @Override
    public SchedulePreview preview(
            @Nullable Integer count, @Nullable String after, @Nullable String pausedSince, ScheduleSettings schedule) {
        return schedules.preview(
                caller.get(),
                schedule,
                Math.clamp(count == null ? 10 : count, 1, 200),
                Firings.moment("?after", after),
                Firings.moment("?pausedSince", pausedSince));
    }

    private Response tagged(Response.ResponseBuilder answer, Caller who, UUID integrationId) {
        long revision = integrations.get(who.tenant(), integrationId).revision();
        return answer.header("ETag", ETags.of(revision)).build();
    }
}
