package io.sluice.integrations.schedule;

import io.sluice.contract.Page;
import io.sluice.contract.schedule.Schedule;
import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.contract.schedule.SchedulesApi;
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
    private final IntegrationService integrations;
    private final CurrentCaller caller;

    public SchedulesResource(ScheduleService schedules, IntegrationService integrations, CurrentCaller caller) {
        this.schedules = schedules;
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
    public SchedulePreview preview(@Nullable Integer count, ScheduleSettings schedule) {
        return schedules.preview(schedule, Math.clamp(count == null ? 10 : count, 1, 200));
    }

    private Response tagged(Response.ResponseBuilder answer, Caller who, UUID integrationId) {
        long revision = integrations.get(who.tenant(), integrationId).revision();
        return answer.header("ETag", ETags.of(revision)).build();
    }
}
