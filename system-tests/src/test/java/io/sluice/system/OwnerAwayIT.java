package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ServiceName;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs belong to the service that ran them; when it is away, that is said and never shown as empty. */
@SystemTest
class OwnerAwayIT {

    private final Sluice sluice;
    private final SluiceApi alice;

    OwnerAwayIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
    }

    @Test
    void theListNamesASchedulerThatIsAway() {
        Integration hook = webhookToHttp();
        String runId = WebhookCall.post(hook.enableWebhook(WebhookCall.noVerification()), Map.of())
                .accepted();
        alice.awaitRun(runId, "succeeded");

        sluice.service(ServiceName.SCHEDULER).stop();

        JsonNode page = hook.runPage("");
        assertThat(Json.texts(page.path("unavailable"), "")).containsExactly("scheduler");
        assertThat(Json.texts(page.path("items"), "/id")).containsExactly(runId);
        assertThat(alice.run(runId).path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aRunWhoseOwnerIsAwayIsNotMissing() {
        Integration poll = sluice.library()
                .install(
                        "library/poll-to-http",
                        Map.of(
                                "source", sluice.demo().echo().url(),
                                "url", sluice.demo().echo().url()));
        String runId = poll.runNow(Map.of());
        alice.awaitRun(runId, "succeeded");

        sluice.service(ServiceName.SCHEDULER).stop();

        assertProblem(alice.get("/api/v1/runs/{id}", runId)).is(503, "unavailable");
        assertProblem(alice.post("/api/v1/integrations/{id}/runs", Map.of(), poll.id()))
                .is(503, "unavailable");
        sluice.restart(ServiceName.SCHEDULER);
        Patience.soon().until(() -> alice.get("/api/v1/runs/{id}", runId).statusCode() == 200);
        assertThat(Json.texts(poll.runPage("").path("unavailable"), "")).isEmpty();
    }

    @Test
    void theListNamesAnIngressThatIsAway() {
        Integration hook = webhookToHttp();

        sluice.service(ServiceName.INGRESS).stop();

        assertThat(Json.texts(hook.runPage("").path("unavailable"), "")).containsExactly("ingress");
    }

    private Integration webhookToHttp() {
        EchoTarget target = sluice.demo().echo();
        return sluice.library().install("library/webhook-to-http", Map.of("url", target.url()));
    }
}
