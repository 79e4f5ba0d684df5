package io.sluice.contract.webhook;

import io.sluice.contract.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What ingress tells integrations-service of the calls that came in. */
@Path("/internal/v1/webhooks")
@Tag(name = "Internal: webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface InternalWebhooksApi {

    @GET
    @Path("/{id}/activity")
    @Operation(operationId = "internalWebhookActivity", summary = "Counts and last calls of each URL")
    WebhookActivity activity(@PathParam("id") UUID integrationId, @QueryParam("tenant") @NotNull String tenant);

    @GET
    @Path("/{id}/calls")
    @Operation(operationId = "internalListCalls", summary = "Calls with their outcome, newest first")
    Page<ReceivedCall> calls(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("before") @Nullable UUID before,
            @QueryParam("limit") int limit);

    @GET
    @Path("/{id}/calls/{callId}")
    @Operation(operationId = "internalGetCall", summary = "One call")
    ReceivedCallDetail call(
            @PathParam("id") UUID integrationId,
            @PathParam("callId") UUID callId,
            @QueryParam("tenant") @NotNull String tenant);

    @POST
    @Path("/{id}/calls/{callId}/replay")
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "internalReplayCall", summary = "Start what the call has started")
    CallReplayed replay(
            @PathParam("id") UUID integrationId,
            @PathParam("callId") UUID callId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy);

    @POST
    @Path("/{id}/test-call")
    @Operation(operationId = "internalTestCall", summary = "Build a call as the sender would")
    TestCall test(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @Valid @NotNull InternalTestCall request);

    @POST
    @Path("/{id}/listeners")
    @Operation(operationId = "internalListen", summary = "Wait for the next call")
    Listener listen(
            @PathParam("id") UUID integrationId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("by") @NotNull String requestedBy,
            @NotNull Listen request);

    @GET
    @Path("/{id}/listeners/{listenerId}")
    @Operation(operationId = "internalGetListener", summary = "What came")
    Listener listener(
            @PathParam("id") UUID integrationId,
            @PathParam("listenerId") UUID listenerId,
            @QueryParam("tenant") @NotNull String tenant,
            @QueryParam("wait") @Nullable String wait);
}
