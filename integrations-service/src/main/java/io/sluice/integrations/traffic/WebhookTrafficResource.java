package io.sluice.integrations.traffic;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.CallOutcome;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class WebhookTrafficResource implements WebhookTrafficApi {

    private static final List<String> OUTCOMES =
            Arrays.stream(CallOutcome.values()).map(CallOutcome::wireName).toList();

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
        String wanted = outcome == null || outcome.isEmpty() ? null : outcome;
        if (wanted != null && !OUTCOMES.contains(wanted)) {
            throw ProblemException.field("?outcome", "one of " + String.join(", ", OUTCOMES));
        }
        int size = Math.clamp(limit == null ? 50 : limit, 1, 200);
        Page<ReceivedCall> page = traffic.calls(caller.get(), integrationId, wanted, CallCursor.position(cursor), size);
        return new Page<>(page.items(), CallCursor.after(page));
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
