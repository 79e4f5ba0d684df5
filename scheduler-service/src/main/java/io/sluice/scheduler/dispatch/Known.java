package io.sluice.scheduler.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.store.DeploymentStore;
import io.sluice.scheduler.schedule.Clockwork;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Settings and deployments, read and parsed once for each revision: most schedules fire again long before they are
 * changed.
 */
@Singleton
class Known {

    private static final int SCHEDULES = 100_000;
    private static final int DEPLOYMENTS = 20_000;

    private final Cache<Version, Clockwork> clockworks =
            Caffeine.newBuilder().maximumSize(SCHEDULES).build();
    private final Cache<Version, Deployment> deployments =
            Caffeine.newBuilder().maximumSize(DEPLOYMENTS).build();

    /** Something as it was at one revision. */
    private record Version(UUID id, long version, long revision, String epoch) {}

    /** What a batch of due schedules needs, fetched in two statements where it is not known yet. */
    Batch batch(Handle handle, List<DueSchedule> schedules) {
        Batch batch = new Batch();
        for (DueSchedule one : schedules) {
            // Held here: what the cache throws out meanwhile is still known to the batch.
            Clockwork clockwork = clockworks.getIfPresent(clockworkOf(one));
            if (clockwork == null) {
                batch.settings.put(one.id(), "");
            } else {
                batch.clockworks.put(one.id(), clockwork);
            }
            Deployment deployment = deployments.getIfPresent(deploymentOf(one));
            if (deployment == null) {
                batch.documents.put(one.integrationId(), "");
            } else {
                batch.deployments.put(one.integrationId(), deployment);
            }
        }
        fill(handle, "select id, settings from schedule where id = any(:ids::uuid[])", batch.settings);
        fill(
                handle,
                "select integration_id, document from deployment where integration_id = any(:ids::uuid[])",
                batch.documents);
        return batch;
    }

    private static void fill(Handle handle, String sql, Map<UUID, String> texts) {
        if (!texts.isEmpty()) {
            handle.createQuery(sql)
                    .bindArray(
                            "ids",
                            String.class,
                            texts.keySet().stream().map(UUID::toString).toArray())
                    .map((row, context) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                    .list()
                    .forEach(found -> texts.put(found.getKey(), found.getValue()));
        }
    }

    private static Version clockworkOf(DueSchedule one) {
        return new Version(one.id(), one.version(), one.revision(), one.epoch());
    }

    private static Version deploymentOf(DueSchedule one) {
        return new Version(one.integrationId(), 0, one.revision(), one.epoch());
    }

    /** What a batch needs; texts are read when they are asked for, so that one that cannot be read fails alone. */
    final class Batch {
        private final Map<UUID, String> settings = new HashMap<>();
        private final Map<UUID, String> documents = new HashMap<>();
        private final Map<UUID, Clockwork> clockworks = new HashMap<>();
        private final Map<UUID, Deployment> deployments = new HashMap<>();

        /**
         * A schedule's settings.
         *
         * @throws RuntimeException when they cannot be read
         */
        Clockwork clockwork(DueSchedule one) {
            Clockwork held = clockworks.get(one.id());
            if (held == null) {
                ScheduleSettings read = Json.parse(settings.getOrDefault(one.id(), ""), ScheduleSettings.class);
                held = Clockwork.of(one.id(), read, one.now());
                clockworks.put(one.id(), held);
                Known.this.clockworks.put(clockworkOf(one), held);
            }
            return held;
        }

        /**
         * The deployment that it belongs to.
         *
         * @throws IllegalArgumentException when it cannot be read
         */
        Deployment deployment(DueSchedule one) {
            Deployment held = deployments.get(one.integrationId());
            if (held == null) {
                held = DeploymentStore.stored(documents.getOrDefault(one.integrationId(), ""), one.problem())
                        .deployment();
                deployments.put(one.integrationId(), held);
                Known.this.deployments.put(deploymentOf(one), held);
            }
            return held;
        }
    }
}
