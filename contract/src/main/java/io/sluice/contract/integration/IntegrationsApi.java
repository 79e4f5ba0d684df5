package io.sluice.contract.integration;

import io.sluice.contract.Page;
import io.sluice.contract.webhook.RotateWebhook;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tenant's integrations and their webhooks. Writes on an existing one carry its ETag in {@code If-Match}. */
@Path("/api/v1")
@Tag(name = "Integrations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface IntegrationsApi {

    @GET
    @Path("/integrations")
    @Operation(operationId = "listIntegrations", summary = "The tenant's integrations")
    Page<Integration> list(
            @QueryParam("q") @Nullable String text,
            @QueryParam("category") @Nullable String category,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("status") @Nullable String status,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit);

    @POST
    @Path("/integrations")
    @Operation(operationId = "createIntegration", summary = "Make an integration from a template; its triggers are off")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Integration.class)))
    Response create(@Valid @NotNull NewIntegration integration);

    @GET
    @Path("/integrations/{id}")
    @Operation(operationId = "getIntegration", summary = "One integration")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Integration.class)))
    Response get(@PathParam("id") UUID id);

    @PUT
    @Path("/integrations/{id}")
    @Operation(operationId = "updateIntegration", summary = "Change an integration")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Integration.class)))
    Response update(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull IntegrationUpdate update);

    @DELETE
    @Path("/integrations/{id}")
    @Operation(operationId = "deleteIntegration", summary = "Delete an integration; its webhook URL stops to work")
    @APIResponse(responseCode = "204", description = "Gone")
    Response delete(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch);

    @POST
    @Path("/integrations/{id}/clone")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "cloneIntegration", summary = "Copy an integration; the copy's triggers are off")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Integration.class)))
    Response copy(@PathParam("id") UUID id);

    @GET
    @Path("/integrations/{id}/webhook")
    @Operation(operationId = "getWebhook", summary = "The integration's webhook")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Webhook.class)))
    Response getWebhook(@PathParam("id") UUID id);

    @PUT
    @Path("/integrations/{id}/webhook")
    @Operation(operationId = "updateWebhook", summary = "Switch the webhook on or off, and set how calls are verified")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Webhook.class)))
    Response updateWebhook(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull WebhookSettings settings);

    @POST
    @Path("/integrations/{id}/webhook/rotate")
    @Operation(
            operationId = "rotateWebhook",
            summary = "Make a new URL; the old one works on for the overlap",
            description =
                    "One earlier URL works at a time: the one that this replaces. A URL from a rotation before, whose"
                            + " overlap is still running, stops at once. Without an overlap no earlier URL works any more, which"
                            + " is what to do when one became known.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Webhook.class)))
    Response rotateWebhook(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Nullable RotateWebhook request);

    @GET
    @Path("/integrations/{id}/policy")
    @Operation(operationId = "getRunPolicy", summary = "How runs are tried again, bounded and ordered")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunPolicy.class)))
    Response getPolicy(@PathParam("id") UUID id);

    @PUT
    @Path("/integrations/{id}/policy")
    @Operation(operationId = "updateRunPolicy", summary = "Set retries, concurrency and order of runs")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunPolicy.class)))
    Response updatePolicy(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull RunPolicy policy);
}
