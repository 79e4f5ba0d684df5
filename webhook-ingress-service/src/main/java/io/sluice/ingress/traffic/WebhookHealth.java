package io.sluice.ingress.traffic;

import io.sluice.ingress.intake.IntakeState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells of intake and silent endpoints in detail; none of it makes another replica a better place for calls. */
@Readiness
@ApplicationScoped
class WebhookHealth implements HealthCheck {

    private final SilenceWatch silence;
    private final IntakeState intake;

    WebhookHealth(SilenceWatch silence, IntakeState intake) {
        this.silence = silence;
        this.intake = intake;
    }

    @Override
    public HealthCheckResponse call() {
        ActivityReads.Overdue overdue = silence.overdue();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("webhooks")
                .up()
                .withData("overdue", overdue.count())
                .withData("spool", intake.spool())
                .withData("callsInFlight", intake.callsInFlight());
        if (overdue.count() > 0) {
            answer.withData(
                    "overdueIntegrations",
                    overdue.longest().stream().map(UUID::toString).collect(Collectors.joining(", ")));
        }
        return answer.build();
    }
}
