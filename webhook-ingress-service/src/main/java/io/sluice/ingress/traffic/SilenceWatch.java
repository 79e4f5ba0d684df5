package io.sluice.ingress.traffic;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Looks for endpoints that are not called though they expect it. */
@Singleton
class SilenceWatch {

    private static final Logger LOG = Logger.getLogger(SilenceWatch.class);
    private static final int NAMED = 10;

    private final ActivityReads activity;
    private volatile ActivityReads.Overdue overdue = new ActivityReads.Overdue(0, List.of());

    SilenceWatch(ActivityReads activity, MeterRegistry meters) {
        this.activity = activity;
        Gauge.builder("sluice.webhook.overdue", this, watch -> watch.overdue.count())
                .description("Endpoints that expect calls and got none in time")
                .register(meters);
    }

    ActivityReads.Overdue overdue() {
        return overdue;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            overdue = activity.overdue(NAMED);
        } catch (RuntimeException e) {
            LOG.debugf("silent endpoints cannot be looked for now: %s", e.getMessage());
        }
    }
}
