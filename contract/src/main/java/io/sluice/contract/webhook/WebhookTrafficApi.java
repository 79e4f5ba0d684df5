package io.sluice.contract.webhook;

import io.sluice.contract.Page;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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

/** What comes in at an integration's webhook, for its owner. */
@Path("/api/v1")
@Tag(name = "Webhook traffic")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface WebhookTrafficApi {

    @GET
    @Path("/integrations/{id}/webhook/activity")
    @Operation(
            operationId = "getWebhookActivity",
            summary = "Counts and last calls of each URL; whether calls are overdue")
    WebhookActivity activity(@PathParam("id") UUID integrationId);

    @GET
    @Path("/integrations/{id}/webhook/calls")
    @Operation(operationId = "listCalls", summary = "Calls with their outcome, newest first")
    Page<ReceivedCall> calls(
            @PathParam("id") UUID integrationId,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable Integer limit);

    @GET
    @Path("/integrations/{id}/webhook/calls/{callId}")
    @Operation(
            operationId = "getCall",
            summary = "One call: its headers, its exact body, and how its signature was compared")
    ReceivedCallDetail call(@PathParam("id") UUID integrationId, @PathParam("callId") UUID callId);

    @POST
    @Path("/integrations/{id}/webhook/calls/{callId}/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "replayCall",
            summary = "Start what the call has started, or would have started had it been taken")
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = CallReplayed.class)))
    Response replay(@PathParam("id") UUID integrationId, @PathParam("callId") UUID callId);

    @POST
    @Path("/integrations/{id}/webhook/test-call")
    @Operation(
            operationId = "testCall",
            summary = "Build a call as the sender would, signed; make it, or show it as curl")
    TestCall test(@PathParam("id") UUID integrationId, @Nullable TestCallRequest request);

    @POST
    @Path("/integrations/{id}/webhook/listeners")
    @Operation(operationId = "listen", summary = "Wait for the next call: it is shown and starts no run")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Listener.class)))
    Response listen(@PathParam("id") UUID integrationId, @Valid @Nullable Listen request);

    @GET
    @Path("/integrations/{id}/webhook/listeners/{listenerId}")
    @Operation(operationId = "getListener", summary = "What came; waits for it up to 20 s")
    Listener listener(
            @PathParam("id") UUID integrationId,
            @PathParam("listenerId") UUID listenerId,
            @QueryParam("wait") @Nullable String wait);
}
