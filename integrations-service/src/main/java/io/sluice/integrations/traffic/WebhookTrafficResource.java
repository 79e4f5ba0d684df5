package io.sluice.integrations.traffic;

import io.sluice.contract.Page;
import io.sluice.contract.webhook.Listen;
import io.sluice.contract.webhook.Listener;
import io.sluice.contract.webhook.ReceivedCall;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.contract.webhook.TestCall;
import io.sluice.contract.webhook.TestCallRequest;
import io.sluice.contract.webhook.WebhookActivity;
import io.sluice.contract.webhook.WebhookTrafficApi;
import io.sluice.integrations.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class WebhookTrafficResource implements WebhookTrafficApi {

    private static final int DEFAULT_PAGE = 50;

    private final WebhookTraffic traffic;
    private final CurrentCaller caller;

    public WebhookTrafficResource(WebhookTraffic traffic, CurrentCaller caller) {
        this.traffic = traffic;
        this.caller = caller;
    }

    @Override
    public WebhookActivity activity(UUID integrationId) {
        return traffic.activity(caller.get(), integrationId);
    }

    @Override
    public Page<ReceivedCall> calls(
            UUID integrationId, @Nullable String outcome, @Nullable String cursor, @Nullable Integer limit) {
        return traffic.calls(caller.get(), integrationId, outcome, cursor, limit == null ? DEFAULT_PAGE : limit);
    }

    @Override
    public ReceivedCallDetail call(UUID integrationId, UUID callId) {
        return traffic.call(caller.get(), integrationId, callId);
    }

    @Override
    @RolesAllowed("editor")
    public Response replay(UUID integrationId, UUID callId) {
        return Response.accepted(traffic.replay(caller.get(), integrationId, callId))
                .build();
    }

    @Override
    @RolesAllowed("editor")
    public TestCall test(UUID integrationId, @Nullable TestCallRequest request) {
        return traffic.test(
                caller.get(),
                integrationId,
                request == null ? new TestCallRequest(null, null, null, null, null, false) : request);
    }

    @Override
    @RolesAllowed("editor")
    public Response listen(UUID integrationId, @Nullable Listen request) {
        Listener listener = traffic.listen(caller.get(), integrationId, request == null ? new Listen(null) : request);
        return Response.created(
                        URI.create("/api/v1/integrations/" + integrationId + "/webhook/listeners/" + listener.id()))
                .entity(listener)
                .build();
    }

    @Override
    @RolesAllowed("editor")
    public Listener listener(UUID integrationId, UUID listenerId, @Nullable String wait) {
        return traffic.listener(caller.get(), integrationId, listenerId, wait);
    }
}
