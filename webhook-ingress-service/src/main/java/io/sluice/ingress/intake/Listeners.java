package io.sluice.ingress.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Whether anybody waits for a call, looked at four times a second, so that it is not asked for each group of calls. Which
 * call it is, the listener's row decides.
 */
@Singleton
public class Listeners {

    /** After so long every replica has looked: whoever listens is told then that the next call is theirs. */
    public static final Duration SEEN_AFTER = Duration.ofMillis(600);

    private static final Logger LOG = Logger.getLogger(Listeners.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Jdbi jdbi;
    private volatile boolean there;
    private volatile @Nullable Thread thread;

    Listeners(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("intake-listeners").start(this::watch);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
        }
    }

    boolean areThere() {
        return there;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                there = jdbi.withHandle(handle -> handle.createQuery(
                                "select exists (select 1 from call_listener where call_id is null and until > now())")
                        .mapTo(Boolean.class)
                        .one());
            } catch (RuntimeException e) {
                LOG.debugf("listeners cannot be looked for now: %s", e.getMessage());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
