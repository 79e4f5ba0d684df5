package io.sluice.scheduler.dispatch;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.scheduler.schedule.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sleeps until something is due, and fires it, until the service stops; a look that fails is tried again. */
@ApplicationScoped
class DispatchLoop {

    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** Between two looks at all due rows, those far back among them. */
    private static final Duration FURTHER = Duration.ofSeconds(2);

    private final Dispatcher dispatcher;
    private final Backfills backfills;
    private final DueStore due;
    private final Alarm alarm;
    private final DispatchConfig config;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    DispatchLoop(Dispatcher dispatcher, Backfills backfills, DueStore due, Alarm alarm, DispatchConfig config) {
        this.dispatcher = dispatcher;
        this.backfills = backfills;
        this.due = due;
        this.alarm = alarm;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (!config.enabled()) {
            return;
        }
        thread = Thread.ofPlatform().name("dispatch").daemon().start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void loop() {
        long lookedFurther = System.nanoTime();
        while (!stopping) {
            Duration pause;
            try {
                pause = round();
            } catch (RuntimeException | Error e) {
                if (stopping) {
                    return;
                }
                LOG.warnf("looking for due schedules failed, trying again: %s", e.getMessage());
                pause = AFTER_FAILURE;
            }
            try {
                if (alarm.sleep(pause) || System.nanoTime() - lookedFurther > FURTHER.toNanos()) {
                    dispatcher.lookFurther();
                    lookedFurther = System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** @return how long to sleep */
    private Duration round() {
        boolean more = dispatcher.isFull(dispatcher.dispatchLately());
        // What waits for a run to end is no reason to hold runs back.
        dispatcher.isBehind(more);
        more |= dispatcher.isFull(dispatcher.dispatchWaiting());
        more |= backfills.step();
        if (more) {
            return Duration.ZERO;
        }
        Duration next = due.untilNext(dispatcher.floor()).orElse(config.longestSleep());
        // What another replica holds is due and not ours: no reason to ask again without a pause.
        return next.compareTo(config.shortestSleep()) < 0
                ? config.shortestSleep()
                : next.compareTo(config.longestSleep()) > 0 ? config.longestSleep() : next;
    }
}
