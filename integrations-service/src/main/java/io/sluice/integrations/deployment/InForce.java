package io.sluice.integrations.deployment;

import io.sluice.contract.problem.ProblemException;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Who saves and then starts a run means what was saved: waits the moment until it is in force where the run will be. */
@Singleton
public class InForce {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(25);

    private final DeploymentFeedStore feed;
    private final InstantSource clock;

    InForce(DeploymentFeedStore feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** @throws ProblemException 503 when the service does not take the change in */
    public void await(RunOwner service, UUID integrationId) {
        Instant until = clock.instant().plus(LONGEST_WAIT);
        while (!feed.isInForce(service, integrationId)) {
            if (clock.instant().isAfter(until) || !paused()) {
                throw ProblemException.unavailable(
                        "The last change is not in force at the " + service.wireName()
                                + " service yet. Try again in a moment.",
                        Duration.ofSeconds(2),
                        null);
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
