package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Library;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is saved is in force soon after, and what a template cannot do is refused with the way out. */
@SystemTest
class ChangeInForceIT {

    private final Sluice sluice;
    private final Library library;

    ChangeInForceIT(Sluice sluice) {
        this.sluice = sluice;
        this.library = sluice.library();
    }

    @Test
    void aDisabledUrlRefusesSoonAfterSave() {
        Integration hook = webhookToHttp();
        String url = hook.enableWebhook(WebhookCall.noVerification());

        hook.disableWebhook();
        long saved = System.nanoTime();
        Patience.untilInForce()
                .until(() -> WebhookCall.post(url, Map.of()).send().statusCode() == 404);

        System.out.printf("A disabled URL refused %d ms after Save.%n", (System.nanoTime() - saved) / 1_000_000);
    }

    @Test
    void theEditorIsToldSinceWhenAChangeIsInForce() {
        Integration hook = webhookToHttp();
        hook.enableWebhook(WebhookCall.noVerification());

        JsonNode webhook = Patience.untilInForce()
                .until(hook::webhook, read -> read.at("/inForce/current").asBoolean());

        assertThat(webhook.at("/inForce/since").asText()).isNotBlank();
    }

    @Test
    void aNewTargetIsUsedByTheNextRun() {
        EchoTarget later = sluice.demo().echo();
        Integration hook = webhookToHttp();
        String url = hook.enableWebhook(WebhookCall.noVerification());

        Http.require(
                hook.api()
                        .put(
                                "/api/v1/integrations/{id}",
                                hook.etag(),
                                Map.of("name", "Moved", "configuration", Map.of("url", later.url())),
                                hook.id()),
                200);
        Patience.untilInForce()
                .until(hook::webhook, read -> read.at("/inForce/current").asBoolean());
        WebhookCall.post(url, Map.of()).accepted();

        later.awaitRequest();
    }

    @Test
    void aDeletedIntegrationRefusesCalls() {
        Integration hook = webhookToHttp();
        String url = hook.enableWebhook(WebhookCall.noVerification());

        Http.require(hook.api().delete("/api/v1/integrations/{id}", hook.etag(), hook.id()), 204);

        Patience.untilInForce()
                .until(() -> WebhookCall.post(url, Map.of()).send().statusCode() == 404);
        assertProblem(hook.api().get("/api/v1/integrations/{id}", hook.id())).is(404, "not-found");
    }

    @Test
    void aCloneHasItsTriggersOffAndAUrlOfItsOwn() {
        Integration hook = webhookToHttp();
        String url = hook.enableWebhook(WebhookCall.noVerification());

        Response cloned = Http.require(hook.api().post("/api/v1/integrations/{id}/clone", Map.of(), hook.id()), 201);
        Integration copy = hook.api().adopt(cloned.path("id"));

        assertThat(copy.read().path("webhookEnabled").asBoolean()).isFalse();
        assertThat(copy.read().path("configuration")).isEqualTo(hook.read().path("configuration"));
        assertThat(copy.enableWebhook(WebhookCall.noVerification())).isNotEqualTo(url);
    }

    @Test
    void aWebhookTemplateRefusesSchedules() {
        Integration hook = webhookToHttp();

        assertProblem(hook.api()
                        .postIfMatch(
                                "/api/v1/integrations/{id}/schedules", hook.etag(), Map.of("every", "PT1H"), hook.id()))
                .is(409, "trigger-not-supported")
                .says("webhook");
    }

    @Test
    void aScheduleTemplateRefusesTheWebhook() {
        Integration poll = library.install(
                "library/poll-to-http",
                Map.of(
                        "source",
                        sluice.demo().echo().url(),
                        "url",
                        sluice.demo().echo().url()));

        assertProblem(poll.api()
                        .put("/api/v1/integrations/{id}/webhook", poll.etag(), Map.of("enabled", true), poll.id()))
                .is(409, "trigger-not-supported")
                .says("schedule");
    }

    private Integration webhookToHttp() {
        return library.install(
                "library/webhook-to-http", Map.of("url", sluice.demo().echo().url()));
    }
}
