package io.sluice.scheduler.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks for due instants that have no outcome though their time is long over. */
@Singleton
public class DueWatch {

    private static final Logger LOG = Logger.getLogger(DueWatch.class);

    private final DueStore due;
    private final DispatchConfig config;
    private volatile Late late = new Late(0, null, 0);

    DueWatch(DueStore due, DispatchConfig config, MeterRegistry meters) {
        this.due = due;
        this.config = config;
        Gauge.builder("sluice.schedules.overdue", this, watch -> watch.late.schedules())
                .description("Schedules whose instant is long due and was fired by nobody; at most ten thousand")
                .register(meters);
        Gauge.builder("sluice.schedules.paused", this, watch -> watch.late.paused())
                .description("Schedules that were paused by the service: failing, or not understood")
                .register(meters);
    }

    /**
     * What is late.
     *
     * @param oldest null when nothing is
     * @param paused schedules that the service has paused by itself
     */
    public record Late(long schedules, @Nullable Instant oldest, long paused) {}

    public Late late() {
        return late;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            DueStore.Overdue overdue = due.overdue(config.patience());
            late = new Late(overdue.schedules(), overdue.oldest(), due.paused());
        } catch (RuntimeException e) {
            LOG.debugf("late schedules cannot be looked for now: %s", e.getMessage());
        }
    }
}
