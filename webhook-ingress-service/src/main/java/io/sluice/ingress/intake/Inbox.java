package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.TriggerKind;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.endpoint.EndpointStore;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.Verdict;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.Executor;
import io.sluice.run.expression.Json;
import io.sluice.run.seal.Opener;
import io.sluice.run.seal.SealException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** Takes calls in. A call is acknowledged only once it is durable; runs start later, from the store. */
@Singleton
class Inbox {

    private static final int LONGEST_EVENT_ID = 500;

    private final EndpointStore endpoints;
    private final Verifiers verifiers;
    private final Opener opener;
    private final CallStore calls;
    private final RunService runs;
    private final Rim rim;

    /** What the inbox needs besides its own collaborators. */
    record Rim(Executor executor, IntakeConfig config, InstantSource clock) {}

    Inbox(EndpointStore endpoints, Verifiers verifiers, Opener opener, CallStore calls, RunService runs, Rim rim) {
        this.endpoints = endpoints;
        this.verifiers = verifiers;
        this.opener = opener;
        this.calls = calls;
        this.runs = runs;
        this.rim = rim;
    }

    /** @throws ProblemException 503 when the call is not known to be stored */
    Receipt receive(IncomingCall call) {
        try {
            return received(call);
        } catch (SealException e) {
            // Our keys do not open the endpoint's secrets: its owner's trouble, not the sender's.
            throw ProblemException.unavailable(
                    "This endpoint cannot verify calls now. Send the call again.", Duration.ofMinutes(1), e);
        } catch (JdbiException e) {
            // The sender must try again; its event id keeps that from counting twice.
            throw ProblemException.unavailable(
                    "The call could not be stored. Send it again.", Duration.ofSeconds(5), e);
        }
    }

    private Receipt received(IncomingCall call) {
        return switch (endpoints.find(call.token())) {
            case Endpoint.Closed _ -> new Receipt.NotHere();
            case Endpoint.Unsupported _ -> new Receipt.Unsupported();
            case Endpoint.Open open -> Handshakes.answer(call, open.webhook()).orElseGet(() -> received(call, open));
        };
    }

    private Receipt received(IncomingCall call, Endpoint.Open endpoint) {
        DeployedWebhook webhook = endpoint.webhook();
        if (!webhook.methods().contains(call.method())) {
            return new Receipt.MethodNotAllowed(webhook.methods());
        }
        if (call.body().length > webhook.maxBodyBytes()) {
            return new Receipt.TooLarge(webhook.maxBodyBytes());
        }
        SignedCall signed = new SignedCall(
                call.method(), rim.config().baseUrl() + call.pathAndQuery(), call.headers(), call.body());
        Verdict verdict = verifiers.verify(signed, webhook.verification(), secrets(endpoint));
        return switch (verdict) {
            case Verdict.Refused(var reason) -> new Receipt.BadSignature(reason);
            case Verdict.Unavailable(var reason) ->
                throw ProblemException.unavailable(
                        "This endpoint cannot verify calls now. Send the call again.", Duration.ofSeconds(30), null);
            case Verdict.Verified _ -> accept(call, endpoint, signed);
        };
    }

    private Receipt accept(IncomingCall call, Endpoint.Open endpoint, SignedCall signed) {
        JsonNode event = EventOf.call(call, rim.clock().instant());
        Optional<String> eventId = verifiers
                .eventId(signed, endpoint.webhook().verification())
                .map(id -> id.length() > LONGEST_EVENT_ID || id.indexOf('\0') >= 0 ? digest(id) : id);
        Receipt receipt = calls.insertIfAbsent(
                runs.newRun(endpoint.deployment(), TriggerKind.WEBHOOK, event, null, null),
                eventId,
                rim.config().dedupWindow());
        rim.executor().wake();
        return receipt;
    }

    /** Cut off, two different ids could look alike, and the second call would be lost. */
    private static String digest(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private List<String> secrets(Endpoint.Open endpoint) {
        List<String> secrets = new ArrayList<>();
        for (DeployedWebhook.SealedSecret sealed : endpoint.webhook().secrets()) {
            String opened = opener.open(sealed.sealed(), endpoint.deployment().tenant(), sealed.context());
            secrets.add(Json.parse(opened).path("secret").asText());
        }
        return secrets;
    }
}
