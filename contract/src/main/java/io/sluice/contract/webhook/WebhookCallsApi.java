package io.sluice.contract.webhook;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What third parties call. The body is taken as it comes; the endpoint's settings say which methods it accepts. */
@Path("/webhook/{token}")
@Tag(name = "Webhook calls")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public interface WebhookCallsApi {

    @POST
    @Operation(operationId = "call", summary = "Start the integration behind the URL")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallAccepted.class)))
    Response post(@PathParam("token") String token, byte[] body);

    @PUT
    @Operation(operationId = "callByPut", summary = "The same by PUT, where the endpoint allows it")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallAccepted.class)))
    Response put(@PathParam("token") String token, byte[] body);

    @PATCH
    @Operation(operationId = "callByPatch", summary = "The same by PATCH, where the endpoint allows it")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallAccepted.class)))
    Response patch(@PathParam("token") String token, byte[] body);

    @DELETE
    @Operation(operationId = "callByDelete", summary = "The same by DELETE, where the endpoint allows it")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallAccepted.class)))
    Response delete(@PathParam("token") String token);

    @GET
    @Operation(operationId = "callByGet", summary = "The same by GET, where the endpoint allows it")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallAccepted.class)))
    Response get(@PathParam("token") String token);

    @OPTIONS
    @Operation(
            operationId = "askForDelivery",
            summary = "CloudEvents' question whether events may be delivered here",
            description =
                    "Answered with WebHook-Allowed-Origin and WebHook-Allowed-Rate; see CloudEvents 1.0, webhooks.")
    @APIResponse(responseCode = "200", description = "They may")
    Response options(@PathParam("token") String token);

    @GET
    @Path("/runs/{runId}")
    @Operation(operationId = "callStatus", summary = "How a run goes that a call at this URL has started")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CallStatus.class)))
    Response status(@PathParam("token") String token, @PathParam("runId") UUID runId);
}
