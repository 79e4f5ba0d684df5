package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ServiceName;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of ingress loses no acknowledged call and starts no run twice. */
@SystemTest
class IngressCrashIT {

    private static final int CALLS = 40;
    private static final int CALLERS = 4;
    private static final int ENOUGH = 10;

    private final Sluice sluice;
    private final EchoTarget target;
    private final Integration hook;
    private final String secret = WebhookCall.newSecret();

    IngressCrashIT(Sluice sluice) {
        this.sluice = sluice;
        this.target = sluice.demo().echo();
        // The target takes its time, so that the kill meets runs at work.
        this.hook = sluice.library().install("library/webhook-to-http", Map.of("url", target.url("delay=500")));
    }

    @Test
    void aCallAcknowledgedRightBeforeTheKillRunsOnce() {
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        String eventId = Json.unique("msg");

        String runId = call(url, eventId).accepted();
        killAndRestartIngress();

        JsonNode run = hook.api().awaitRun(runId, "succeeded");
        assertThat(run.path("trigger").asText()).isEqualTo("webhook");
        assertThat(Json.texts(hook.runs(), "/id")).containsExactly(runId);
        assertThat(target.idempotencyKeys()).hasSize(1).doesNotContain("");
        assertThat(call(url, eventId).accepted()).isEqualTo(runId);
        assertThat(Json.texts(hook.runs(), "/id")).containsExactly(runId);
    }

    @Test
    void noneOfManyCallsIsLostOrDoubled() {
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        List<String> eventIds =
                IntStream.range(0, CALLS).mapToObj(_ -> Json.unique("msg")).toList();

        Map<String, String> acknowledged = sendAndKillMeanwhile(url, eventIds);
        sluice.restart(ServiceName.INGRESS);
        Map<String, String> repeated = new ConcurrentHashMap<>();
        eventIds.forEach(id -> repeated.put(id, call(url, id).accepted()));

        System.out.printf("%d of %d calls were acknowledged before the kill.%n", acknowledged.size(), CALLS);
        assertThat(repeated).containsAllEntriesOf(acknowledged);
        hook.awaitRuns(CALLS, "webhook", "succeeded");
        assertThat(Json.texts(hook.runs(), "/id"))
                .hasSize(CALLS)
                .containsExactlyInAnyOrderElementsOf(repeated.values());
        assertThat(target.idempotencyKeys()).hasSize(CALLS);
    }

    private Map<String, String> sendAndKillMeanwhile(String url, List<String> eventIds) {
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            eventIds.forEach(id -> callers.execute(
                    () -> call(url, id).acceptedPerhaps().ifPresent(runId -> acknowledged.put(id, runId))));
            Patience.soon().until(() -> acknowledged.size() >= ENOUGH);
            sluice.service(ServiceName.INGRESS).kill();
        }
        return acknowledged;
    }

    private WebhookCall call(String url, String eventId) {
        return WebhookCall.post(url, Map.of("event", eventId)).signed(secret, eventId);
    }

    private void killAndRestartIngress() {
        sluice.service(ServiceName.INGRESS).kill();
        sluice.restart(ServiceName.INGRESS);
    }
}
