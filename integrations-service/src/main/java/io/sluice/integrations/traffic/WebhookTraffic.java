package io.sluice.integrations.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.CallReplayed;
import io.sluice.contract.webhook.InternalTestCall;
import io.sluice.contract.webhook.Listen;
import io.sluice.contract.webhook.Listener;
import io.sluice.contract.webhook.ReceivedCall;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.contract.webhook.TestCall;
import io.sluice.contract.webhook.TestCallRequest;
import io.sluice.contract.webhook.WebhookActivity;
import io.sluice.integrations.deployment.InForce;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.integration.WebhookService;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes in at a webhook, asked of ingress. Whether the tenant has the integration is known here, so it is checked
 * before anything is asked.
 */
@Singleton
public class WebhookTraffic {

    private static final Duration SHORTEST_LISTENING = Duration.ofSeconds(1);
    private static final Duration LONGEST_LISTENING = Duration.ofHours(1);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final int LARGEST_PAGE = 200;
    private static final List<String> OUTCOMES =
            Arrays.stream(CallOutcome.values()).map(CallOutcome::wireName).toList();

    private final IntegrationService integrations;
    private final WebhookService webhooks;
    private final RunOwners owners;
    private final InForce inForce;

    WebhookTraffic(IntegrationService integrations, WebhookService webhooks, RunOwners owners, InForce inForce) {
        this.integrations = integrations;
        this.webhooks = webhooks;
        this.owners = owners;
        this.inForce = inForce;
    }

    /** @throws ProblemException 404 when there is no such integration, 503 when ingress is away; so each of these */
    public WebhookActivity activity(Caller caller, UUID id) {
        integrations.get(caller.tenant(), id);
        return owners.askOfCalls(api -> api.activity(id, caller.tenant()));
    }

    /**
     * Calls, newest first.
     *
     * @param cursor of the page before
     * @throws ProblemException also when outcome or cursor are none of ours
     */
    public Page<ReceivedCall> calls(
            Caller caller, UUID id, @Nullable String outcome, @Nullable String cursor, int limit) {
        String wanted = outcome == null || outcome.isEmpty() ? null : outcome;
        if (wanted != null && !OUTCOMES.contains(wanted)) {
            throw ProblemException.field("?outcome", "one of " + String.join(", ", OUTCOMES));
        }
        UUID before = CallCursor.position(cursor);
        int size = Math.clamp(limit, 1, LARGEST_PAGE);
        integrations.get(caller.tenant(), id);
        Page<ReceivedCall> page = owners.askOfCalls(api -> api.calls(id, caller.tenant(), wanted, before, size));
        return new Page<>(page.items(), CallCursor.after(page));
    }

    /** What was signed tells an editor why it did not fit; who may not change the endpoint gets nothing of it. */
    public ReceivedCallDetail call(Caller caller, UUID id, UUID callId) {
        integrations.get(caller.tenant(), id);
        ReceivedCallDetail call = owners.askOfCalls(api -> api.call(id, callId, caller.tenant()));
        return caller.canEdit() ? call : call.withoutSignature();
    }

    public CallReplayed replay(Caller caller, UUID id, UUID callId) {
        integrations.get(caller.tenant(), id);
        return owners.askOfCalls(api -> api.replay(id, callId, caller.tenant(), caller.name()));
    }

    /** Ingress holds the secrets and no token, so the whole URL goes along. */
    public TestCall test(Caller caller, UUID id, TestCallRequest wanted) {
        JsonNode sample = integrations.templateOf(caller.tenant(), id).sampleEvent();
        WebhookService.Endpoint endpoint = webhooks.endpoint(caller.tenant(), id);
        String method =
                Objects.requireNonNullElse(wanted.method(), endpoint.methods().getFirst());
        TestCallRequest request =
                wanted.body() != null || !WITH_BODY.contains(method.toUpperCase(Locale.ROOT)) || sample == null
                        ? wanted
                        : withBodyOf(sample, wanted);
        inForce.await(RunOwner.INGRESS, id);
        return owners.askOfCalls(
                api -> api.test(id, caller.tenant(), caller.name(), new InternalTestCall(endpoint.url(), request)));
    }

    public Listener listen(Caller caller, UUID id, Listen wanted) {
        Duration duration = wanted.duration();
        if (duration != null
                && (duration.compareTo(SHORTEST_LISTENING) < 0 || duration.compareTo(LONGEST_LISTENING) > 0)) {
            throw ProblemException.field("/duration", "from PT1S to PT1H");
        }
        integrations.get(caller.tenant(), id);
        return owners.askOfCalls(api -> api.listen(id, caller.tenant(), caller.name(), wanted));
    }

    public Listener listener(Caller caller, UUID id, UUID listenerId, @Nullable String wait) {
        integrations.get(caller.tenant(), id);
        return owners.askOfCalls(api -> api.listener(id, listenerId, caller.tenant(), wait));
    }

    private static TestCallRequest withBodyOf(JsonNode sample, TestCallRequest wanted) {
        JsonNode body = sample.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return wanted;
        }
        // What was no JSON is text in an event, so it goes out as it is.
        String text = body.isTextual() ? body.textValue() : Json.text(body);
        String contentType =
                wanted.contentType() != null || !sample.path("contentType").isTextual()
                        ? wanted.contentType()
                        : sample.path("contentType").textValue();
        return new TestCallRequest(wanted.method(), wanted.query(), wanted.headers(), contentType, text, wanted.send());
    }
}
