package io.sluice.scheduler.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Looks for due schedules until the service stops; a look that fails is tried again. */
@ApplicationScoped
class DispatchLoop {

    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Dispatcher dispatcher;
    private final DispatchConfig config;
    private volatile boolean stopping;

    DispatchLoop(Dispatcher dispatcher, DispatchConfig config) {
        this.dispatcher = dispatcher;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("dispatch").start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void loop() {
        while (!stopping) {
            Duration pause = config.pollInterval();
            try {
                if (dispatcher.isFull(dispatcher.dispatchDue())) {
                    pause = Duration.ZERO;
                }
            } catch (RuntimeException | Error e) {
                LOG.warnf("looking for due schedules failed, trying again: %s", e.getMessage());
                pause = AFTER_FAILURE;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
