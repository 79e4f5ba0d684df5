package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.sluice.local.StackPort;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without PostgreSQL a call is refused in a way that makes senders come again; it is never acknowledged and lost. */
@SystemTest
class DatabaseAwayIT {

    private final Sluice sluice;

    DatabaseAwayIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void aCallIsRefusedUntilTheDatabaseIsBack() {
        EchoTarget target = sluice.demo().echo();
        Integration hook = sluice.library().install("library/webhook-to-http", Map.of("url", target.url()));
        String secret = WebhookCall.newSecret();
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        WebhookCall call = WebhookCall.post(url, Map.of("some", "event")).signed(secret, Json.unique("msg"));

        sluice.stack().database().stop();
        Response refused = call.send();
        Response ready = Http.request().get(sluice.url(StackPort.INGRESS_MANAGEMENT) + "/q/health/ready");
        sluice.stack().database().start();
        String runId = Patience.soon()
                .until(call::acceptedPerhaps, Optional::isPresent)
                .orElseThrow();

        assertProblem(refused).is(503, "unavailable");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(ready.statusCode()).as("A dead route would be worse").isEqualTo(200);
        hook.api().awaitRun(runId, "succeeded");
        assertThat(Json.texts(hook.runs(), "/id")).containsExactly(runId);
        assertThat(target.idempotencyKeys()).hasSize(1);
    }

    @Test
    void theApiSaysSoAndGoesOnAfterwards() {
        SluiceApi alice = sluice.as("alice");
        Http.require(alice.get("/api/v1/integrations"), 200);

        sluice.stack().database().stop();
        Response refused = alice.get("/api/v1/integrations");
        sluice.stack().database().start();

        assertProblem(refused).is(503, "unavailable");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        Patience.soon().until(() -> alice.get("/api/v1/integrations").statusCode() == 200);
    }
}
