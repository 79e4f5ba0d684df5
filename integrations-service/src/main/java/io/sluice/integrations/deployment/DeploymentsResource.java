package io.sluice.integrations.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.ForbiddenException;
import io.sluice.contract.deployment.DeploymentFeed;
import io.sluice.contract.deployment.DeploymentsApi;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.integrations.security.CurrentCaller;
import io.sluice.integrations.template.TemplateStore;
import io.sluice.run.queue.RunOwner;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

@RolesAllowed("service")
@RunOnVirtualThread
public class DeploymentsResource implements DeploymentsApi {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    /** A look costs one row; this bounds how late a change is seen. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final DeploymentFeedStore feed;
    private final TemplateStore templates;
    private final CurrentCaller caller;
    private final InstantSource clock;

    public DeploymentsResource(
            DeploymentFeedStore feed, TemplateStore templates, CurrentCaller caller, InstantSource clock) {
        this.feed = feed;
        this.templates = templates;
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public DeploymentFeed follow(@Nullable String epoch, long after, @Nullable String wait) {
        RunOwner service = service();
        String known = epoch == null ? "" : epoch;
        feed.inForce(service, known, after);
        Instant until = clock.instant().plus(wait(wait));
        DeploymentFeed answer = feed.read(service, known, after);
        while (answer.items().isEmpty()
                && answer.epoch().equals(known)
                && clock.instant().isBefore(until)) {
            if (!paused()) {
                return answer;
            }
            if (feed.hasNewer(answer.revision())) {
                answer = feed.read(service, known, after);
            }
        }
        return answer;
    }

    @Override
    public JsonNode flow(String digest) {
        return templates
                .document(digest)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no flow of this digest."));
    }

    private RunOwner service() {
        return switch (caller.client()) {
            case "webhook-ingress-service" -> RunOwner.INGRESS;
            case "scheduler-service" -> RunOwner.SCHEDULER;
            default -> throw new ForbiddenException();
        };
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

    private static Duration wait(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Duration.parse("PT" + text);
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeParseException e) {
            throw ProblemException.field("?wait", "a time such as 20s");
        }
    }
}
