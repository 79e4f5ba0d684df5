package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.PauseSchedule;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.Schedule;
import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.schedule.Firings;
import io.sluice.integrations.schedule.ScheduleService;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Edit integration: when it runs, and what became of each time. */
@Path("/integrations/{id}/schedule")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class SchedulePage {

    private static final int COUNTED = 1;

    private final IntegrationService integrations;
    private final ScheduleService schedules;
    private final Firings firings;
    private final EditFrames frames;
    private final InstantSource clock;
    private final UiContext ui;

    public SchedulePage(
            IntegrationService integrations,
            ScheduleService schedules,
            Firings firings,
            EditFrames frames,
            InstantSource clock,
            UiContext ui) {
        this.integrations = integrations;
        this.schedules = schedules;
        this.firings = firings;
        this.frames = frames;
        this.clock = clock;
        this.ui = ui;
    }

    /** @param show a schedule's id, or {@code new}; without it the first */
    @GET
    public Response show(
            @PathParam("id") UUID id,
            @QueryParam("show") @Nullable String show,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("cursor") @Nullable String cursor) {
        EditFrame frame = frames.form(id, "Schedule", Message.NONE);
        Schedule shown = shown(id, show);
        ScheduleForm form = shown == null ? fresh(frame) : ScheduleForm.of(shown.settings());
        return page(200, frame, shown, form, ledger(id, shown, outcome, cursor), BackfillForm.EMPTY, null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response create(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        ScheduleForm typed = ScheduleForm.of(form);
        try {
            Schedule created = schedules.create(ui.caller(), id, EditPage.revision(form), typed.settings(null));
            return UiContext.goTo(path(id, created.id()));
        } catch (ProblemException e) {
            return page(
                    e.type().status(),
                    frames.form(id, "Schedule", Message.of(e)),
                    null,
                    typed,
                    null,
                    BackfillForm.EMPTY,
                    null);
        }
    }

    @POST
    @Path("/{scheduleId}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response save(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        Schedule stored = schedules.get(ui.caller().tenant(), id, scheduleId);
        ScheduleForm typed = ScheduleForm.of(form);
        try {
            schedules.update(ui.caller(), id, scheduleId, EditPage.revision(form), typed.settings(stored.settings()));
            return UiContext.goTo(path(id, scheduleId));
        } catch (ProblemException e) {
            return page(
                    e.type().status(),
                    frames.form(id, "Schedule", Message.of(e)),
                    stored,
                    typed,
                    ledger(id, stored, null, null),
                    BackfillForm.EMPTY,
                    null);
        }
    }

    /**
     * What the form would do, while it is typed into.
     *
     * @param of the schedule that is changed; null of a new one
     */
    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response preview(
            @PathParam("id") UUID id, @QueryParam("of") @Nullable String of, MultivaluedMap<String, String> form) {
        String tenant = ui.caller().tenant();
        integrations.get(tenant, id);
        ScheduleSettings stored =
                of == null ? null : schedules.get(tenant, id, uuid(of)).settings();
        return UiContext.page(
                SchedulePages.nextTimes(NextTimes.of(schedules, ui.caller(), ScheduleForm.of(form), stored)));
    }

    @POST
    @Path("/{scheduleId}/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response pause(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        String note = Objects.requireNonNullElse(form.getFirst("note"), "").strip();
        return changed(
                id,
                scheduleId,
                () -> schedules.pause(
                        ui.caller(),
                        id,
                        scheduleId,
                        EditPage.revision(form),
                        new PauseSchedule(note.isEmpty() ? null : note.substring(0, Math.min(500, note.length())))));
    }

    @POST
    @Path("/{scheduleId}/resume")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response resume(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        String catchUp = Objects.requireNonNullElse(form.getFirst("catchUp"), "");
        return changed(
                id,
                scheduleId,
                () -> firings.resume(
                        ui.caller(),
                        id,
                        scheduleId,
                        EditPage.revision(form),
                        new ResumeSchedule(catchUp.isEmpty() ? null : catchUp)));
    }

    @POST
    @Path("/{scheduleId}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response delete(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        schedules.delete(ui.caller(), id, scheduleId, EditPage.revision(form));
        return UiContext.goTo("/integrations/" + id + "/schedule");
    }

    @POST
    @Path("/{scheduleId}/backfill")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response backfill(
            @PathParam("id") UUID id, @PathParam("scheduleId") UUID scheduleId, MultivaluedMap<String, String> form) {
        Schedule stored = schedules.get(ui.caller().tenant(), id, scheduleId);
        BackfillForm typed = BackfillForm.of(form);
        boolean dryRun = !"start".equals(form.getFirst("what"));
        Backfill found = null;
        int status = 200;
        Message message = Message.NONE;
        try {
            String zone = Objects.requireNonNullElse(stored.settings().zone(), "UTC");
            found = firings.backfill(ui.caller(), id, scheduleId, typed.wanted(zone, dryRun));
            if (!dryRun) {
                return UiContext.goTo(path(id, scheduleId) + "#backfill");
            }
        } catch (ProblemException e) {
            status = e.type().status();
            message = Message.of(e);
        }
        return page(
                status,
                frames.form(id, "Schedule", message),
                stored,
                ScheduleForm.of(stored.settings()),
                ledger(id, stored, null, null),
                typed,
                found);
    }

    @POST
    @Path("/{scheduleId}/backfill/{backfillId}/stop")
    @RolesAllowed("editor")
    public Response stopBackfill(
            @PathParam("id") UUID id,
            @PathParam("scheduleId") UUID scheduleId,
            @PathParam("backfillId") UUID backfillId) {
        firings.stopBackfill(ui.caller(), id, scheduleId, backfillId);
        return UiContext.goTo(path(id, scheduleId) + "#backfill");
    }

    private Response changed(UUID id, UUID scheduleId, Runnable change) {
        try {
            change.run();
            return UiContext.goTo(path(id, scheduleId));
        } catch (ProblemException e) {
            Schedule stored = schedules.get(ui.caller().tenant(), id, scheduleId);
            return page(
                    e.type().status(),
                    frames.form(id, "Schedule", Message.of(e)),
                    stored,
                    ScheduleForm.of(stored.settings()),
                    ledger(id, stored, null, null),
                    BackfillForm.EMPTY,
                    null);
        }
    }

    private Response page(
            int status,
            EditFrame frame,
            @Nullable Schedule shown,
            ScheduleForm form,
            @Nullable Ledger ledger,
            BackfillForm backfill,
            @Nullable Backfill dryRun) {
        List<Schedule> all =
                schedules.list(ui.caller().tenant(), frame.integration().id());
        NextTimes next = NextTimes.of(schedules, ui.caller(), form, shown == null ? null : shown.settings());
        ScheduleTab tab = new ScheduleTab(all, shown, form, next, ledger, caughtUp(shown, ledger), backfill, dryRun);
        return UiContext.page(status, SchedulePages.schedule(frame, tab));
    }

    /** What went by since it stopped. */
    private String caughtUp(@Nullable Schedule shown, @Nullable Ledger ledger) {
        Instant since =
                ledger == null || ledger.state() == null ? null : ledger.state().stoppedAt();
        if (shown == null || since == null || since.isAfter(clock.instant())) {
            return "";
        }
        try {
            SchedulePreview preview = schedules.preview(ui.caller(), shown.settings(), COUNTED, null, since);
            long madeUpFor = preview.next().stream()
                    .filter(fire -> "catchUp".equals(fire.mark()))
                    .count();
            long missed = Objects.requireNonNullElse(preview.missed(), 0L);
            return madeUpFor + missed == 0
                    ? "Nothing was missed so far."
                    : (Boolean.TRUE.equals(preview.missedIsLeast()) ? "At least " : "") + (madeUpFor + missed)
                            + (madeUpFor + missed == 1 ? " time was" : " times were") + " missed so far.";
        } catch (ProblemException e) {
            // Of a rule that cannot be read any more.
            return "";
        }
    }

    private @Nullable Schedule shown(UUID id, @Nullable String show) {
        if ("new".equals(show)) {
            return null;
        }
        String tenant = ui.caller().tenant();
        if (show == null) {
            return schedules.list(tenant, id).stream().findFirst().orElse(null);
        }
        return schedules.get(tenant, id, uuid(show));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?show", "a schedule's id, or new");
        }
    }

    private @Nullable Ledger ledger(
            UUID id, @Nullable Schedule shown, @Nullable String outcome, @Nullable String cursor) {
        return shown == null ? null : Ledger.of(firings, ui.caller(), id, shown.id(), outcome, cursor);
    }

    /** In the person's zone, which the frame knows already. */
    private static ScheduleForm fresh(EditFrame frame) {
        var support = frame.template().triggers().schedule();
        var suggested = support == null ? null : support.suggested();
        return ScheduleForm.fresh(
                suggested == null || !suggested.has("every")
                        ? null
                        : suggested.path("every").asText(),
                suggested == null || !suggested.has("cron")
                        ? null
                        : suggested.path("cron").asText(),
                frame.shell().zone().isEmpty() ? "UTC" : frame.shell().zone());
    }

    private static String path(UUID id, UUID scheduleId) {
        return "/integrations/" + id + "/schedule?show=" + scheduleId;
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
