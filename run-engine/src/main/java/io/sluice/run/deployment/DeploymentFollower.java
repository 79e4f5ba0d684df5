package io.sluice.run.deployment;

import io.sluice.contract.deployment.DeploymentFeed;
import io.sluice.contract.deployment.DeploymentsApi;
import io.sluice.run.store.DeploymentStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Follows the deployments feed while this replica leads. Each request says up to where everything is in force here; the
 * answer comes at once when there is more, else when there is, or after the wait.
 */
public final class DeploymentFollower {

    private static final Logger LOG = Logger.getLogger(DeploymentFollower.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DeploymentsApi integrations;
    private final DeploymentStore store;
    private final FeedPage page;
    private final LeadLock lead;
    private final FeedState state;
    private final InstantSource clock;
    private volatile boolean stopping;

    DeploymentFollower(
            DeploymentsApi integrations,
            DeploymentStore store,
            FeedPage page,
            LeadLock lead,
            FeedState state,
            InstantSource clock) {
        this.integrations = integrations;
        this.store = store;
        this.page = page;
        this.lead = lead;
        this.state = state;
        this.clock = clock;
    }

    void start() {
        Thread.ofVirtual().name("deployments-follow").start(this::follow);
    }

    void stop() {
        stopping = true;
        lead.release();
    }

    private void follow() {
        Duration pause = FIRST_PAUSE;
        boolean looked = false;
        while (!stopping) {
            try {
                if (lead.held()) {
                    if (!looked) {
                        store.retryUnsupported();
                        looked = true;
                    }
                    step();
                    pause = FIRST_PAUSE;
                } else {
                    Thread.sleep(FIRST_PAUSE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                if (!stopping && !why.equals(state.trouble())) {
                    LOG.warnf("the deployments feed cannot be followed, trying on: %s", why);
                }
                state.failed(why);
                pause = paused(pause);
            }
        }
    }

    private void step() {
        Optional<DeploymentStore.Position> position = store.position();
        String epoch = position.map(DeploymentStore.Position::epoch).orElse("");
        long after = position.map(DeploymentStore.Position::revision).orElse(0L);
        DeploymentFeed feed = integrations.follow(epoch, after, "20s");
        boolean restarted = position.isPresent() && !feed.epoch().equals(epoch);
        // An empty page says that all was read: after a restart, what was not named until then is gone.
        page.apply(feed, restarted, feed.items().isEmpty());
        state.answered(clock.instant());
    }

    private static Duration paused(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }
}
