package io.sluice.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.DeployedSchedule;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.deployment.DeploymentSink;
import io.sluice.run.expression.Json;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleRules;
import io.sluice.run.schedule.ScheduleSpec;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the schedules of deployments. One whose rule did not change keeps its next instant. */
@Singleton
public class ScheduleSink implements DeploymentSink {

    private final InstantSource clock;

    public ScheduleSink(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable String problem(Deployment deployment) {
        for (DeployedSchedule schedule : deployment.schedules()) {
            try {
                spec(schedule.settings(), clock.instant());
            } catch (ProblemException e) {
                // A rule that never fires any more is over, not misunderstood.
                boolean over =
                        e.errors().stream().allMatch(error -> error.detail().contains("never fires"));
                if (!over) {
                    return "schedule " + schedule.id() + ": " + e.detail();
                }
            }
        }
        return null;
    }

    @Override
    public void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw) {
        UUID integrationId = UUID.fromString(raw.path("integrationId").asText());
        if (deployment == null) {
            // Not understood: it must not fire by what it was before.
            remove(handle, integrationId);
            return;
        }
        Map<UUID, JsonNode> before = stored(handle, integrationId);
        Set<UUID> kept = new HashSet<>();
        for (DeployedSchedule schedule : deployment.schedules()) {
            kept.add(schedule.id());
            JsonNode settings = Json.tree(schedule.settings());
            if (!settings.equals(before.get(schedule.id()))) {
                put(handle, deployment, schedule, settings);
            }
        }
        before.keySet().stream().filter(id -> !kept.contains(id)).forEach(id -> delete(handle, id));
    }

    @Override
    public void remove(Handle handle, UUID integrationId) {
        handle.createUpdate("delete from schedule where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    @Override
    public void changed() {
        // The dispatcher looks at what is due several times a second.
    }

    /** @throws ProblemException when the settings are not understood */
    public static ScheduleSpec spec(ScheduleSettings settings, Instant now) {
        return ScheduleRules.stored(settings, now);
    }

    private void put(Handle handle, Deployment deployment, DeployedSchedule schedule, JsonNode settings) {
        handle.createUpdate("""
                        insert into schedule (id, integration_id, tenant, settings)
                        values (:id, :integrationId, :tenant, :settings::jsonb)
                        on conflict (id) do update set settings = excluded.settings
                         where schedule.tenant = excluded.tenant
                        """)
                .bind("id", schedule.id())
                .bind("integrationId", deployment.integrationId())
                .bind("tenant", deployment.tenant())
                .bind("settings", Json.text(settings))
                .execute();
        Optional<Instant> next = Boolean.FALSE.equals(schedule.settings().enabled())
                ? Optional.empty()
                : next(handle, schedule.settings());
        if (next.isEmpty()) {
            handle.createUpdate("delete from due where schedule_id = :id")
                    .bind("id", schedule.id())
                    .execute();
            return;
        }
        handle.createUpdate("""
                        insert into due (schedule_id, next_fire_at) values (:id, :next)
                        on conflict (schedule_id) do update set next_fire_at = excluded.next_fire_at
                        """)
                .bind("id", schedule.id())
                .bind("next", Timestamp.from(next.get()))
                .execute();
    }

    /** By the database's clock, which alone decides what is due. */
    private static Optional<Instant> next(Handle handle, ScheduleSettings settings) {
        Instant now = handle.createQuery("select clock_timestamp()")
                .mapTo(Instant.class)
                .one();
        try {
            return NextInstant.after(spec(settings, now), now).map(NextInstant.Fire::at);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Map<UUID, JsonNode> stored(Handle handle, UUID integrationId) {
        Map<UUID, JsonNode> stored = new HashMap<>();
        handle.createQuery("select id, settings from schedule where integration_id = :id")
                .bind("id", integrationId)
                .map((row, context) ->
                        Map.entry(row.getObject("id", UUID.class), Json.parse(row.getString("settings"))))
                .forEach(schedule -> stored.put(schedule.getKey(), schedule.getValue()));
        return stored;
    }

    private static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from schedule where id = :id")
                .bind("id", id)
                .execute();
    }
}
