package io.sluice.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.deployment.DeployedSchedule;
import io.sluice.contract.deployment.Deployment;
import io.sluice.run.deployment.DeploymentSink;
import io.sluice.run.expression.Json;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleRules;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the schedules of deployments. One whose rule did not change keeps its next instant, also over a pause. */
@Singleton
public class ScheduleSink implements DeploymentSink {

    /** On which replicas tell each other that schedules were changed. */
    static final String CHANNEL = "sluice_schedules";

    private static final List<String> BESIDE_THE_RULE = List.of(
            "enabled",
            "pauseNote",
            "catchUp",
            "catchUpWindow",
            "catchUpMost",
            "catchUpEvery",
            "overlap",
            "pauseAfterFailures");

    private final Alarm alarm;

    public ScheduleSink(Alarm alarm) {
        this.alarm = alarm;
    }

    /** A schedule that cannot be read is paused with a note, and keeps nothing else from going on. */
    @Override
    public @Nullable String problem(Deployment deployment) {
        return null;
    }

    @Override
    public void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw) {
        UUID integrationId = UUID.fromString(raw.path("integrationId").asText());
        if (deployment == null) {
            // Not understood: it must not fire by what it was before, and goes on from there once it is.
            for (UUID id : ScheduleRows.settings(handle, integrationId).keySet()) {
                ScheduleRows.State state = ScheduleRows.lock(handle, id);
                ScheduleRows.unwait(handle, id, "unsupported");
                ScheduleRows.stop(handle, id, first(state.stoppedAt(), state.nextAt()));
            }
            return;
        }
        Map<UUID, JsonNode> before = ScheduleRows.settings(handle, integrationId);
        Set<UUID> stranded = ScheduleRows.stranded(handle, integrationId);
        Set<UUID> gone = new HashSet<>(before.keySet());
        boolean changed = false;
        for (DeployedSchedule schedule : deployment.schedules()) {
            gone.remove(schedule.id());
            JsonNode settings = Json.tree(schedule.settings());
            if (!settings.equals(before.get(schedule.id())) || stranded.contains(schedule.id())) {
                put(handle, deployment, schedule, settings, before.get(schedule.id()));
                changed = true;
            }
        }
        gone.forEach(id -> ScheduleRows.delete(handle, id));
        if (changed) {
            handle.execute("notify " + CHANNEL);
        }
    }

    @Override
    public void remove(Handle handle, UUID integrationId) {
        ScheduleRows.settings(handle, integrationId).keySet().forEach(id -> ScheduleRows.delete(handle, id));
    }

    @Override
    public void changed() {
        alarm.ring();
    }

    private static void put(
            Handle handle,
            Deployment deployment,
            DeployedSchedule schedule,
            JsonNode settings,
            @Nullable JsonNode before) {
        UUID id = schedule.id();
        ScheduleRows.State state = ScheduleRows.lock(handle, id);
        ScheduleRows.put(handle, id, deployment.integrationId(), deployment.tenant(), settings, deployment.revision());
        boolean sameRule = before != null && rule(before).equals(rule(settings));
        Instant next = first(state.stoppedAt(), state.nextAt());
        if (!sameRule) {
            ScheduleRows.unwait(handle, id, "changed");
            if (next != null) {
                ScheduleRows.overtaken(handle, id, next);
            }
        }
        Optional<String> unreadable = ScheduleRules.unreadable(schedule.settings());
        if (unreadable.isPresent()) {
            ScheduleRows.stop(handle, id, next);
            ScheduleRows.pause(handle, id, unreadable.get());
        } else if (Boolean.FALSE.equals(schedule.settings().enabled())) {
            ScheduleRows.unwait(handle, id, "paused");
            ScheduleRows.stop(handle, id, sameRule ? next : null);
        } else if (sameRule && state.paused()) {
            // Ours, until a person lets it go on.
            ScheduleRows.keep(handle, id);
        } else if (sameRule && state.stoppedAt() != null) {
            ScheduleRows.goOn(handle, id, true);
            ScheduleRows.plan(handle, Clockwork.of(id, schedule.settings(), state.stoppedAt()), state.stoppedAt());
        } else if (sameRule && state.nextAt() != null) {
            ScheduleRows.keep(handle, id);
        } else {
            ScheduleRows.goOn(handle, id, false);
            begin(handle, schedule);
        }
    }

    /** A rule that is new, or is another one now. */
    private static void begin(Handle handle, DeployedSchedule schedule) {
        Instant now = ScheduleRows.now(handle);
        // What is due once may have become so on its way here.
        Instant after = schedule.settings().at() == null ? now : Instant.EPOCH;
        Clockwork clockwork = Clockwork.of(schedule.id(), schedule.settings(), now);
        clockwork
                .after(after)
                .map(NextInstant.Fire::at)
                .ifPresentOrElse(
                        at -> ScheduleRows.plan(handle, clockwork, at),
                        () -> ScheduleRows.stop(handle, schedule.id(), null));
    }

    /** What says when it fires; the rest may change without a new beginning. */
    private static JsonNode rule(JsonNode settings) {
        return settings.isObject() ? ((ObjectNode) settings.deepCopy()).without(BESIDE_THE_RULE) : settings;
    }

    private static @Nullable Instant first(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : one;
    }
}
