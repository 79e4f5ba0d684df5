package io.sluice.integrations.run;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.run.LastRunFeed;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.run.queue.RunOwner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Follows what each trigger service says of its integrations' newest runs, so that lists never ask for runs. Every
 * replica follows; writing the same twice changes nothing.
 */
@ApplicationScoped
public class LastRunFollower {

    private static final Logger LOG = Logger.getLogger(LastRunFollower.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final RunOwners owners;
    private final LastRunStore store;
    private volatile boolean stopping;

    public LastRunFollower(RunOwners owners, LastRunStore store) {
        this.owners = owners;
        this.store = store;
    }

    void start(@Observes StartupEvent event) {
        for (RunOwner owner : RunOwner.values()) {
            Thread.ofVirtual().name("last-runs-" + owner.wireName()).start(() -> follow(owner));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void follow(RunOwner owner) {
        while (!stopping) {
            try {
                long position = store.position(owner);
                LastRunFeed feed = owners.ask(owner, api -> api.lastRuns(position, "20s"));
                if (!feed.items().isEmpty()) {
                    store.take(owner, feed);
                }
            } catch (RuntimeException e) {
                LOG.debugf("last runs of %s: %s", owner, e.getMessage());
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
