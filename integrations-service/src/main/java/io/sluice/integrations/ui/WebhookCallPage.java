package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.CallReplayed;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.integrations.traffic.WebhookTraffic;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** One call that came in: what it was, why it was taken or not, and what now? */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class WebhookCallPage {

    private final WebhookTraffic traffic;
    private final EditFrames frames;
    private final UiContext ui;

    public WebhookCallPage(WebhookTraffic traffic, EditFrames frames, UiContext ui) {
        this.traffic = traffic;
        this.frames = frames;
        this.ui = ui;
    }

    @GET
    @Path("/webhook/calls/{callId}")
    public Response call(@PathParam("id") UUID id, @PathParam("callId") UUID callId) {
        return page(200, id, callId, Message.NONE);
    }

    /** The exact bytes, never to be shown by the browser as a page of ours. */
    @GET
    @Path("/webhook/calls/{callId}/body")
    public Response body(@PathParam("id") UUID id, @PathParam("callId") UUID callId) {
        ReceivedCallDetail call = traffic.call(ui.caller(), id, callId);
        return Response.ok(CallBody.bytes(call), MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + CallView.fileName(call) + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @POST
    @Path("/webhook/calls/{callId}/replay")
    @RolesAllowed("editor")
    public Response replay(@PathParam("id") UUID id, @PathParam("callId") UUID callId) {
        try {
            CallReplayed replayed = traffic.replay(ui.caller(), id, callId);
            String logs = "/integrations/" + id + "/logs";
            return UiContext.goTo(
                    replayed.runIds().size() == 1
                            ? logs + "/" + replayed.runIds().getFirst()
                            : logs);
        } catch (ProblemException e) {
            return page(e.type().status(), id, callId, Message.of(e));
        }
    }

    private Response page(int status, UUID id, UUID callId, Message message) {
        CallView call = CallView.of(traffic.call(ui.caller(), id, callId));
        return UiContext.page(status, WebhookPages.call(frames.below(id, "Webhook", message), call));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
