package io.sluice.run.api;

import io.sluice.run.deployment.FeedState;
import io.sluice.run.store.DeploymentStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells of feed and database in detail, and is down only until the first bootstrap: a replica that is cut off later
 * still answers its callers, with 503 and Retry-After, which is better than a dead route.
 */
@Readiness
@ApplicationScoped
public class FeedHealth implements HealthCheck {

    private final DeploymentStore store;
    private final FeedState state;
    private volatile boolean bootstrapped;

    public FeedHealth(DeploymentStore store, FeedState state) {
        this.store = store;
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("deployments");
        try {
            Optional<DeploymentStore.Position> position = store.position();
            bootstrapped |= position.isPresent();
            answer.withData("database", "up")
                    .withData(
                            "revision",
                            position.map(DeploymentStore.Position::revision).orElse(0L))
                    .withData("unsupported", store.unsupported());
        } catch (RuntimeException e) {
            answer.withData("database", "away");
        }
        answer.withData("feed", state.trouble().isEmpty() ? "up" : "away: " + state.trouble());
        return answer.status(bootstrapped).build();
    }
}
