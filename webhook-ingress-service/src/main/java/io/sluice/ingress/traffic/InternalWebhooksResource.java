package io.sluice.ingress.traffic;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.CallReplayed;
import io.sluice.contract.webhook.InternalTestCall;
import io.sluice.contract.webhook.InternalWebhooksApi;
import io.sluice.contract.webhook.Listen;
import io.sluice.contract.webhook.Listener;
import io.sluice.contract.webhook.ReceivedCall;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.contract.webhook.TestCall;
import io.sluice.contract.webhook.WebhookActivity;
import io.sluice.ingress.intake.Listeners;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells integrations-service what came in. */
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalWebhooksResource implements InternalWebhooksApi {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration DEFAULT_LISTENING = Duration.ofMinutes(5);
    private static final Duration LONGEST_LISTENING = Duration.ofHours(1);

    private final ActivityReads activity;
    private final CallReads calls;
    private final CallReplays replays;
    private final TestCalls tests;
    private final ListenerStore listeners;
    private final InstantSource clock;

    InternalWebhooksResource(
            ActivityReads activity,
            CallReads calls,
            CallReplays replays,
            TestCalls tests,
            ListenerStore listeners,
            InstantSource clock) {
        this.activity = activity;
        this.calls = calls;
        this.replays = replays;
        this.tests = tests;
        this.listeners = listeners;
        this.clock = clock;
    }

    @Override
    public WebhookActivity activity(UUID integrationId, String tenant) {
        return activity.of(tenant, integrationId);
    }

    @Override
    public Page<ReceivedCall> calls(
            UUID integrationId, String tenant, @Nullable String outcome, @Nullable UUID before, int limit) {
        int size = Math.clamp(limit == 0 ? 50 : limit, 1, 200);
        List<ReceivedCall> found = calls.list(tenant, integrationId, outcome(outcome), before, size + 1);
        return found.size() <= size
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, size), found.get(size - 1).id().toString());
    }

    private static @Nullable CallOutcome outcome(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return CallOutcome.of(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?outcome", "“" + text + "” is no outcome");
        }
    }

    @Override
    public ReceivedCallDetail call(UUID integrationId, UUID callId, String tenant) {
        return detail(tenant, integrationId, callId);
    }

    private ReceivedCallDetail detail(String tenant, UUID integrationId, UUID callId) {
        CallReads.Kept kept = calls.find(tenant, integrationId, callId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such call, or it is not kept any more."));
        @Nullable String text = kept.text().orElse(null);
        return new ReceivedCallDetail(
                kept.call(),
                kept.headers(),
                text,
                text == null ? Base64.getEncoder().encodeToString(kept.body()) : null,
                kept.isCut(),
                kept.signature());
    }

    @Override
    public CallReplayed replay(UUID integrationId, UUID callId, String tenant, String requestedBy) {
        return new CallReplayed(replays.replay(tenant, integrationId, callId, requestedBy));
    }

    @Override
    public TestCall test(UUID integrationId, String tenant, String requestedBy, InternalTestCall request) {
        return tests.make(tenant, integrationId, request);
    }

    @Override
    public Listener listen(UUID integrationId, String tenant, String requestedBy, Listen request) {
        Duration wanted = request.duration() == null ? DEFAULT_LISTENING : request.duration();
        if (wanted.compareTo(Duration.ofSeconds(1)) < 0 || wanted.compareTo(LONGEST_LISTENING) > 0) {
            throw ProblemException.field("/duration", "between PT1S and PT1H");
        }
        ListenerStore.Stored stored = listeners
                .add(tenant, integrationId, requestedBy, wanted)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such integration here, or it is not in force yet."));
        seenByAll();
        return new Listener(stored.id(), stored.until(), null);
    }

    /** Only then is the next call surely theirs, on whichever replica it comes in. */
    private static void seenByAll() {
        try {
            Thread.sleep(Listeners.SEEN_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Listener listener(UUID integrationId, UUID listenerId, String tenant, @Nullable String wait) {
        Instant until = clock.instant().plus(waiting(wait));
        ListenerStore.Stored stored = stored(tenant, integrationId, listenerId);
        while (stored.callId() == null
                && clock.instant().isBefore(until)
                && clock.instant().isBefore(stored.until())) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            stored = stored(tenant, integrationId, listenerId);
        }
        return new Listener(
                stored.id(),
                stored.until(),
                stored.callId() == null ? null : detail(tenant, integrationId, stored.callId()));
    }

    private ListenerStore.Stored stored(String tenant, UUID integrationId, UUID id) {
        return listeners
                .find(tenant, integrationId, id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "Nobody listens here by this id."));
    }

    private static Duration waiting(@Nullable String wait) {
        if (wait == null || wait.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            Duration wanted = Duration.parse("PT" + wait);
            return wanted.isNegative() ? Duration.ZERO : wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
        } catch (DateTimeParseException e) {
            throw ProblemException.field("?wait", "“" + wait + "” cannot be read; use such as 20s");
        }
    }
}
