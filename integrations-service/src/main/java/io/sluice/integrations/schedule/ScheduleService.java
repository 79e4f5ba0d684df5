package io.sluice.integrations.schedule;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.schedule.PauseSchedule;
import io.sluice.contract.schedule.ResumeSchedule;
import io.sluice.contract.schedule.Schedule;
import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleRules;
import io.sluice.run.schedule.ScheduleSpec;
import io.sluice.run.schedule.Words;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schedules of integrations, checked and put into words here; scheduler-service fires them. */
@Singleton
public class ScheduleService {

    private static final int MOST_SCHEDULES = 20;

    private final IntegrationService integrations;
    private final ScheduleStore store;
    private final InstantSource clock;

    ScheduleService(IntegrationService integrations, ScheduleStore store, InstantSource clock) {
        this.integrations = integrations;
        this.store = store;
        this.clock = clock;
    }

    public List<Schedule> list(String tenant, UUID integrationId) {
        integrations.get(tenant, integrationId);
        return store.list(tenant, integrationId).stream().map(this::shown).toList();
    }

    /** @throws ProblemException when there is no such schedule */
    public Schedule get(String tenant, UUID integrationId, UUID id) {
        integrations.get(tenant, integrationId);
        return store.find(tenant, integrationId, id).map(this::shown).orElseThrow(ScheduleService::none);
    }

    /** @throws ProblemException when the template is not started by the clock, or fields are wrong */
    public Schedule create(Caller caller, UUID integrationId, OptionalLong expected, ScheduleSettings wanted) {
        Template template = integrations.templateOf(caller.tenant(), integrationId);
        supported(template, integrationId);
        ScheduleStore.Stored schedule = checked(UUID.randomUUID(), wanted, template.minimumInterval());
        integrations.change(caller.tenant(), integrationId, expected, handle -> {
            if (store.list(caller.tenant(), integrationId).size() >= MOST_SCHEDULES) {
                throw new ProblemException(
                        ProblemType.IN_USE, "An integration has at most " + MOST_SCHEDULES + " schedules.");
            }
            ScheduleStore.insert(handle, caller.tenant(), integrationId, schedule);
        });
        return shown(schedule);
    }

    /** @throws ProblemException when it is gone, was changed meanwhile, or fields are wrong */
    public Schedule update(Caller caller, UUID integrationId, UUID id, OptionalLong expected, ScheduleSettings wanted) {
        Template template = integrations.templateOf(caller.tenant(), integrationId);
        supported(template, integrationId);
        ScheduleStore.Stored schedule = checked(id, wanted, template.minimumInterval());
        integrations.change(caller.tenant(), integrationId, expected, handle -> {
            if (!ScheduleStore.update(handle, caller.tenant(), integrationId, schedule)) {
                throw none();
            }
        });
        return shown(schedule);
    }

    /** @throws ProblemException when it is gone or was changed meanwhile */
    public Schedule pause(Caller caller, UUID integrationId, UUID id, OptionalLong expected, PauseSchedule pause) {
        return switched(caller, integrationId, id, expected, false, pause.note());
    }

    /** @throws ProblemException when it is gone or was changed meanwhile */
    public Schedule resume(Caller caller, UUID integrationId, UUID id, OptionalLong expected, ResumeSchedule resume) {
        return switched(caller, integrationId, id, expected, true, null);
    }

    private Schedule switched(
            Caller caller, UUID integrationId, UUID id, OptionalLong expected, boolean on, @Nullable String note) {
        ScheduleStore.Stored before =
                store.find(caller.tenant(), integrationId, id).orElseThrow(ScheduleService::none);
        ScheduleStore.Stored after =
                new ScheduleStore.Stored(id, before.settings().withEnabled(on, note), before.words());
        integrations.change(caller.tenant(), integrationId, expected, handle -> {
            if (!ScheduleStore.update(handle, caller.tenant(), integrationId, after)) {
                throw none();
            }
        });
        return shown(after);
    }

    public void delete(Caller caller, UUID integrationId, UUID id, OptionalLong expected) {
        integrations.change(caller.tenant(), integrationId, expected, handle -> {
            if (!ScheduleStore.delete(handle, caller.tenant(), integrationId, id)) {
                throw none();
            }
        });
    }

    /** A rule in words and its next instants. */
    public SchedulePreview preview(ScheduleSettings wanted, int count) {
        ScheduleSpec spec = ScheduleRules.read(wanted, clock.instant(), Duration.ofSeconds(1));
        List<SchedulePreview.Fire> next = NextInstant.list(spec, clock.instant(), count).stream()
                .map(fire -> new SchedulePreview.Fire(
                        fire.at(),
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(fire.at().atZone(spec.zone())),
                        fire.mark(),
                        true))
                .toList();
        return new SchedulePreview(Words.of(spec), next, null, null);
    }

    private ScheduleStore.Stored checked(UUID id, ScheduleSettings wanted, Duration minimum) {
        ScheduleSpec spec = ScheduleRules.read(wanted, clock.instant(), minimum);
        ScheduleSettings stored = new ScheduleSettings(
                !Boolean.FALSE.equals(wanted.enabled()),
                // With its offset, so that every later reader counts from the same moment.
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(spec.activateOn().atZone(spec.zone())),
                spec.zone().getId(),
                wanted.every(),
                wanted.daily(),
                wanted.cron(),
                wanted.catchUp() == null ? "last" : wanted.catchUp(),
                wanted.overlap() == null ? "skip" : wanted.overlap());
        return new ScheduleStore.Stored(id, stored, Words.of(spec));
    }

    private Schedule shown(ScheduleStore.Stored stored) {
        if (!Boolean.TRUE.equals(stored.settings().enabled())) {
            return new Schedule(stored.id(), stored.settings(), stored.words(), null);
        }
        ScheduleSpec spec = ScheduleRules.read(stored.settings(), clock.instant(), Duration.ofSeconds(1));
        return new Schedule(
                stored.id(),
                stored.settings(),
                stored.words(),
                NextInstant.after(spec, clock.instant())
                        .map(NextInstant.Fire::at)
                        .orElse(null));
    }

    private static void supported(Template template, UUID integrationId) {
        if (!template.supportsSchedule()) {
            throw new ProblemException(
                    ProblemType.TRIGGER_NOT_SUPPORTED,
                    "“" + template.flow().title() + "” is not started by a schedule. Use its webhook: PUT "
                            + "/api/v1/integrations/" + integrationId + "/webhook.",
                    List.of(new FieldProblem("", "use the webhook instead")));
        }
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "The integration has no such schedule.");
    }
}
