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
import io.sluice.integrations.person.PreferenceStore;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.ETags;
import io.sluice.integrations.template.Template;
import io.sluice.run.schedule.CatchUpPolicy;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.OverlapPolicy;
import io.sluice.run.schedule.Previews;
import io.sluice.run.schedule.ScheduleRules;
import io.sluice.run.schedule.ScheduleSpec;
import io.sluice.run.schedule.Words;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final IntegrationService integrations;
    private final ScheduleStore store;
    private final PreferenceStore preferences;
    private final InstantSource clock;

    ScheduleService(
            IntegrationService integrations, ScheduleStore store, PreferenceStore preferences, InstantSource clock) {
        this.integrations = integrations;
        this.store = store;
        this.preferences = preferences;
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
        ScheduleStore.Stored schedule = checked(UUID.randomUUID(), zoned(caller, wanted), template.minimumInterval());
        integrations.change(caller, integrationId, expected, handle -> {
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
        ScheduleStore.Stored schedule = checked(id, zoned(caller, wanted), template.minimumInterval());
        integrations.change(caller, integrationId, expected, handle -> {
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

    /** @throws ProblemException when it is gone, was changed meanwhile, cannot be read any more, or the word is unknown */
    void checkResumable(Caller caller, UUID integrationId, UUID id, OptionalLong expected, ResumeSchedule resume) {
        if (resume.catchUp() != null && !CatchUpPolicy.WORDS.contains(resume.catchUp())) {
            throw ProblemException.field("/catchUp", "one of " + String.join(", ", CatchUpPolicy.WORDS));
        }
        ETags.check(expected, integrations.get(caller.tenant(), integrationId).revision());
        ScheduleStore.Stored stored =
                store.find(caller.tenant(), integrationId, id).orElseThrow(ScheduleService::none);
        ScheduleRules.unreadable(stored.settings()).ifPresent(reason -> {
            throw new ProblemException(ProblemType.INVALID_FIELDS, reason + " Change the schedule first.");
        });
    }

    /** Switches one on or off, whatever else it says: a pause must be possible of one that cannot be read any more. */
    Schedule switched(
            Caller caller, UUID integrationId, UUID id, OptionalLong expected, boolean on, @Nullable String note) {
        integrations.change(caller, integrationId, expected, handle -> {
            if (!ScheduleStore.switchTo(handle, caller.tenant(), integrationId, id, on, note)) {
                throw none();
            }
        });
        return get(caller.tenant(), integrationId, id);
    }

    public void delete(Caller caller, UUID integrationId, UUID id, OptionalLong expected) {
        integrations.change(caller, integrationId, expected, handle -> {
            if (!ScheduleStore.delete(handle, caller.tenant(), integrationId, id)) {
                throw none();
            }
        });
    }

    /**
     * A rule in words and its next instants.
     *
     * @param after now when it is left out
     * @param pausedSince asks what catch-up would fire now
     * @throws ProblemException when fields are wrong
     */
    public SchedulePreview preview(
            Caller caller, ScheduleSettings asked, int count, @Nullable Instant after, @Nullable Instant pausedSince) {
        ScheduleSettings wanted = zoned(caller, asked);
        Instant now = clock.instant();
        if (pausedSince == null) {
            return Previews.of(ScheduleRules.read(wanted, now, SHORTEST), after == null ? now : after, count);
        }
        if (pausedSince.isAfter(now)) {
            throw ProblemException.field("?pausedSince", "a moment that is over");
        }
        // The pause may have outlasted the rule: what it would make up for is still to be seen.
        ScheduleSpec spec = ScheduleRules.stored(wanted, pausedSince);
        return Previews.ofPaused(spec, pausedSince, now, CatchUpPolicy.of(wanted), count);
    }

    /** Where no zone is given, the person's own is meant. */
    private ScheduleSettings zoned(Caller caller, ScheduleSettings wanted) {
        return wanted.zone() == null ? wanted.inZone(preferences.of(caller).zone()) : wanted;
    }

    private ScheduleStore.Stored checked(UUID id, ScheduleSettings wanted, Duration minimum) {
        ScheduleSpec spec = ScheduleRules.read(wanted, clock.instant(), minimum);
        // With its offset, so that every later reader counts from the same moment.
        String activateOn =
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(spec.activateOn().atZone(spec.zone()));
        ScheduleSettings stored =
                wanted.completed(activateOn, spec.zone().getId(), CatchUpPolicy.DEFAULT, OverlapPolicy.DEFAULT);
        return new ScheduleStore.Stored(id, stored, Words.of(spec));
    }

    private Schedule shown(ScheduleStore.Stored stored) {
        return new Schedule(stored.id(), stored.settings(), stored.words(), nextAt(stored.settings()));
    }

    /** A rule that cannot be read any more must not keep the others of its integration from being shown. */
    private @Nullable Instant nextAt(ScheduleSettings settings) {
        Instant now = clock.instant();
        if (!Boolean.TRUE.equals(settings.enabled())
                || ScheduleRules.unreadable(settings).isPresent()) {
            return null;
        }
        return NextInstant.after(ScheduleRules.stored(settings, now), now)
                .map(NextInstant.Fire::at)
                .orElse(null);
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
