package io.sluice.ingress.intake;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.CallAccepted;
import io.sluice.contract.webhook.WebhookCallsApi;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@PermitAll
@RunOnVirtualThread
public class WebhookCallsResource implements WebhookCallsApi {

    private static final Logger LOG = Logger.getLogger(WebhookCallsResource.class);
    private static final byte[] NONE = {};

    private final Inbox inbox;
    private final HttpServerRequest request;

    WebhookCallsResource(Inbox inbox, HttpServerRequest request) {
        this.inbox = inbox;
        this.request = request;
    }

    @Override
    public Response post(String token, byte[] body) {
        return answer(token, body);
    }

    @Override
    public Response put(String token, byte[] body) {
        return answer(token, body);
    }

    @Override
    public Response patch(String token, byte[] body) {
        return answer(token, body);
    }

    @Override
    public Response delete(String token) {
        return answer(token, null);
    }

    @Override
    public Response get(String token) {
        return answer(token, null);
    }

    @Override
    public Response options(String token) {
        return answer(token, null);
    }

    @Override
    public Response status(String token, java.util.UUID runId) {
        return answer(token, null);
    }

    private Response answer(String token, byte @Nullable [] body) {
        Receipt receipt = inbox.receive(
                new IncomingCall(token, request.method().name(), request.uri(), headers(), body == null ? NONE : body));
        return switch (receipt) {
            case Receipt.Accepted(var runId) -> accepted(CallAccepted.run(runId));
            case Receipt.Duplicate(var runId) -> accepted(CallAccepted.run(runId));
            case Receipt.Handshake(var status, var type, var text) ->
                Response.status(status).type(type).entity(text).build();
            case Receipt.NotHere _ ->
                throw new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No webhook takes calls at this URL. Copy the URL from the integration.");
            case Receipt.MethodNotAllowed(var allowed) -> throw new NotAllowed(allowed);
            case Receipt.TooLarge(var max) ->
                throw new ProblemException(
                        ProblemType.TOO_LARGE, "This endpoint takes bodies of up to " + max + " bytes.");
            case Receipt.BadSignature(var reason) -> refused(reason);
            case Receipt.Unsupported _ ->
                throw ProblemException.unavailable(
                        "This endpoint is being brought up to date. Send the call again.",
                        Duration.ofSeconds(30),
                        null);
        };
    }

    private static Response accepted(CallAccepted call) {
        return Response.accepted(call).build();
    }

    private static Response refused(String reason) {
        LOG.debugf("a call was refused: %s", reason);
        throw new ProblemException(
                ProblemType.BAD_SIGNATURE,
                "The call's signature is missing or does not fit. Look at the secret on both sides.");
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers()
                .forEach((name, value) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(value));
        return headers;
    }

    /** A 405 with its Allow header, in the shape of our problems. */
    private static final class NotAllowed extends jakarta.ws.rs.NotAllowedException {
        private static final long serialVersionUID = 1L;

        NotAllowed(List<String> allowed) {
            super(Response.status(405)
                    .header("Allow", String.join(", ", allowed))
                    .build());
        }
    }
}
