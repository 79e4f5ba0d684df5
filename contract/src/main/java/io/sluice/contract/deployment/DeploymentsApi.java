package io.sluice.contract.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the trigger services follow. Asking with {@code after} says: up to there all is in force here. */
@Path("/internal/v1")
@Tag(name = "Internal: deployments")
@Produces(MediaType.APPLICATION_JSON)
public interface DeploymentsApi {

    @GET
    @Path("/deployments")
    @Operation(operationId = "followDeployments", summary = "Deployments after a revision; waits for the next one")
    DeploymentFeed follow(
            @QueryParam("epoch") @Nullable String epoch,
            @QueryParam("after") long after,
            @QueryParam("wait") @Nullable String wait);

    @GET
    @Path("/flows/{digest}")
    @Operation(operationId = "getFlow", summary = "A flow document by its SHA-256; it never changes")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Object.class)))
    JsonNode flow(@PathParam("digest") String digest);
}
