package io.sluice.contract.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Deployments after a revision, in order of revision, at most a page of them.
 *
 * @param epoch names the database; when it differs from what the follower knows, it reads all again
 * @param items each in the shape of {@link Deployment}, as plain JSON so that one that the reader does not understand
 *     cannot spoil the others
 * @param revision the highest revision in this answer: pass it as {@code after}
 */
public record DeploymentFeed(
        String epoch,
        @Schema(implementation = Deployment[].class) List<JsonNode> items,
        long revision) {}
