package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SystemTest
class GenericTemplatesIT {

    private final DemoApi demo;
    private final Library library;

    GenericTemplatesIT(Sluice sluice) {
        this.demo = sluice.demo();
        this.library = sluice.library();
    }

    @Test
    void whatComesToTheWebhookGoesToTheUrl() {
        EchoTarget target = demo.echo();
        Integration hook = library.install("library/webhook-to-http", Map.of("url", target.url()));
        String url = hook.enableWebhook(WebhookCall.noVerification());
        String marker = Json.unique("marker");

        String runId = WebhookCall.post(url, Map.of("marker", marker)).accepted();

        JsonNode delivered = target.awaitRequest();
        assertThat(delivered.path("body").toString()).contains(marker);
        assertThat(delivered.at("/headers/idempotency-key").asText()).isNotBlank();
        assertThat(hook.awaitRun("webhook", "succeeded").path("id").asText()).isEqualTo(runId);
        assertThat(target.requests()).hasSize(1);
    }

    @Test
    void whatIsPolledGoesToTheUrlAtEachInstant() {
        String marker = Json.unique("marker");
        EchoTarget target = demo.echo();
        Integration poll = library.install(
                "library/poll-to-http", Map.of("source", demo.echo().url("marker=" + marker), "url", target.url()));
        poll.addSchedule(Map.of("every", "PT5S"));

        assertThat(target.awaitRequests(2))
                .allSatisfy(
                        request -> assertThat(request.path("body").toString()).contains(marker));
        assertThat(target.idempotencyKeys()).hasSizeGreaterThanOrEqualTo(2).doesNotContain("");
        poll.awaitRuns(2, "schedule", "succeeded");
    }

    @Test
    void eventsWithoutAnIdAreEachTheirOwn() {
        EchoTarget target = demo.echo();
        Integration hook = library.install("library/webhook-to-http", Map.of("url", target.url()));
        String url = hook.enableWebhook(WebhookCall.noVerification());

        String first = WebhookCall.post(url, Map.of("same", "body")).accepted();
        String second = WebhookCall.post(url, Map.of("same", "body")).accepted();

        assertThat(second).isNotEqualTo(first);
        hook.awaitRuns(2, "webhook", "succeeded");
        assertThat(target.idempotencyKeys()).hasSize(2);
    }
}
