package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Without integrations-service nobody can change anything, but everything goes on. */
@SystemTest
class IntegrationsServiceAwayIT {

    private final Sluice sluice;
    private final EchoTarget called;
    private final EchoTarget polled;
    private final Integration hook;
    private final Integration poll;

    IntegrationsServiceAwayIT(Sluice sluice) {
        this.sluice = sluice;
        Library library = sluice.library();
        this.called = sluice.demo().echo();
        this.polled = sluice.demo().echo();
        this.hook = library.install("library/webhook-to-http", Map.of("url", called.url()));
        this.poll = library.install(
                "library/poll-to-http", Map.of("source", sluice.demo().echo().url(), "url", polled.url()));
    }

    @BeforeEach
    void theScheduleRuns() {
        poll.addSchedule(Map.of("every", "PT5S"));
        polled.awaitRequests(1);
    }

    @Test
    void callsAndSchedulesGoOn() {
        String url = hook.enableWebhook(WebhookCall.noVerification());

        sluice.service(ServiceName.INTEGRATIONS).stop();
        String runId = WebhookCall.post(url, Map.of("sent", "meanwhile")).accepted();
        called.awaitRequests(1);
        int instants = polled.idempotencyKeys().size() + 2;
        polled.awaitRequests(instants);

        sluice.restart(ServiceName.INTEGRATIONS);
        hook.api().awaitRun(runId, "succeeded");
        assertThat(Json.texts(hook.runs(), "/id")).containsExactly(runId);
        poll.awaitRuns(instants, "schedule", "succeeded");
        Http.require(hook.api().get("/api/v1/integrations"), 200);
        Http.require(hook.api().get("/api/v1/templates"), 200);
        Http.require(hook.api().get("/api/v1/connections"), 200);
        assertThat(hook.read().path("webhookEnabled").asBoolean()).isTrue();
    }

    @Test
    void theOthersEvenStartWithoutIt() {
        String url = hook.enableWebhook(WebhookCall.noVerification());

        sluice.service(ServiceName.INTEGRATIONS).stop();
        for (ServiceName other : new ServiceName[] {ServiceName.INGRESS, ServiceName.SCHEDULER}) {
            sluice.service(other).kill();
            sluice.restart(other);
        }

        WebhookCall.post(url, Map.of("sent", "meanwhile")).accepted();
        called.awaitRequests(1);
        polled.awaitRequests(polled.requests().size() + 1);
    }
}
