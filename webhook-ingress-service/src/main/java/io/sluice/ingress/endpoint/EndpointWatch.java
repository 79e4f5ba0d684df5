package io.sluice.ingress.endpoint;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.run.store.DeploymentStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what changed on any replica, four times a second, and forgets it here: a change is in force everywhere well
 * within a second, whoever follows the feed.
 */
@Singleton
class EndpointWatch {

    private static final Logger LOG = Logger.getLogger(EndpointWatch.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final DeploymentStore deployments;
    private final EndpointStore endpoints;
    private final EndpointCache cache;
    private volatile @Nullable Thread thread;
    private DeploymentStore.@Nullable Position seen;
    private long swept = System.nanoTime();

    EndpointWatch(DeploymentStore deployments, EndpointStore endpoints, EndpointCache cache) {
        this.deployments = deployments;
        this.endpoints = endpoints;
        this.cache = cache;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("endpoint-watch").daemon().start(this::watch);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
    }

    /** This replica has just taken a change over: no need to wait. */
    void wake() {
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                look();
                sweep();
            } catch (RuntimeException e) {
                LOG.debugf("changes of endpoints cannot be seen now: %s", e.getMessage());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** What a restarted feed does not name again is deleted without a revision, so that no change tells of it. */
    private void sweep() {
        long now = System.nanoTime();
        if (now - swept < SWEEP.toNanos()) {
            return;
        }
        swept = now;
        Set<UUID> known = cache.integrations();
        List<UUID> deleted = known.isEmpty() ? List.of() : endpoints.deleted(known);
        if (!deleted.isEmpty()) {
            cache.forget(deleted);
        }
    }

    private void look() {
        Optional<DeploymentStore.Position> position = deployments.position();
        if (position.isEmpty() || position.get().equals(seen)) {
            return;
        }
        DeploymentStore.Position now = position.get();
        DeploymentStore.@Nullable Position before = seen;
        // Another database, or one that begins to be read again.
        if (before == null || !before.epoch().equals(now.epoch()) || now.revision() < before.revision()) {
            cache.forgetAll();
        } else {
            cache.forget(endpoints.changed(before.revision(), now.revision()));
        }
        seen = Objects.requireNonNull(now);
    }
}
