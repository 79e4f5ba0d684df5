package io.sluice.scheduler.ledger;

import io.sluice.scheduler.dispatch.DueWatch;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells of instants that nobody fires; another replica would not be better off, so it stays ready. */
@Readiness
@ApplicationScoped
class ScheduleHealth implements HealthCheck {

    private final DueWatch watch;

    ScheduleHealth(DueWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        DueWatch.Late late = watch.late();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("schedules")
                .up()
                .withData("overdue", late.schedules())
                .withData("paused", late.paused());
        if (late.oldest() != null) {
            answer.withData("overdueSince", late.oldest().toString());
        }
        return answer.build();
    }
}
