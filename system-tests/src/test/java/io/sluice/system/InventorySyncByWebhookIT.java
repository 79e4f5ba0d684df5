package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's own example: the warehouse tells the shop of each change of stock. */
@SystemTest
class InventorySyncByWebhookIT {

    private static final String SKU = "A-100";

    private final DemoApi demo;
    private final Integration sync;
    private final String secret = WebhookCall.newSecret();

    InventorySyncByWebhookIT(Sluice sluice) {
        this.demo = sluice.demo();
        this.sync = sluice.library().install("library/inventory-sync-webhook");
    }

    @Test
    void aStockChangeInTheWarehouseReachesTheShop() {
        demo.callOnStockChange(sync.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);

        int level = demo.changeStock(SKU).path("quantity").asInt();

        Patience.soon().until(() -> demo.shopStock(SKU) == level);
        assertThat(sync.awaitRun("webhook", "succeeded")
                        .at("/event/body/data/sku")
                        .asText())
                .isEqualTo(SKU);
    }

    @Test
    void theRunShowsEachRequestAndResponse() {
        JsonNode run = runOfOneStockChange();

        JsonNode update = callTo(run, "/shop/wp-json/wc/v3/products/batch");
        assertThat(update.at("/request/body").asText()).contains("stock_quantity");
        assertThat(update.at("/response/status").asInt()).isEqualTo(200);
        assertThat(update.at("/response/body").asText()).contains(SKU);
        assertThat(update.path("pointer").asText()).startsWith("/do/");
        assertThat(update.path("startedAt").asText()).isNotBlank();
        assertThat(run.path("attempt").asInt()).isEqualTo(1);
        assertThat(run.path("template").asText()).startsWith("library/inventory-sync-webhook:");
    }

    @Test
    void noSecretComesOutOfTheApi() {
        String runId = runOfOneStockChange().path("id").asText();
        String basic = Base64.getEncoder().encodeToString("ck_demo:cs_demo".getBytes(StandardCharsets.UTF_8));

        String run = sync.api().get("/api/v1/runs/{id}", runId).asString();
        String connections = sync.api().get("/api/v1/connections").asString();
        String webhook = sync.webhook().toString();

        assertThat(run).doesNotContain("cs_demo", basic, secret, secret.substring("whsec_".length()));
        assertThat(connections).doesNotContain("cs_demo");
        assertThat(webhook).doesNotContain(secret).contains("********");
    }

    @Test
    void theSameEventIdStartsNothingTwice() {
        String url = sync.enableWebhook(WebhookCall.standardWebhooks(secret));
        String eventId = Json.unique("msg");
        Object body = Map.of("type", "stock.changed", "data", Map.of("sku", SKU, "quantity", demo.shopStock(SKU)));

        String first = WebhookCall.post(url, body).signed(secret, eventId).accepted();
        String second = WebhookCall.post(url, body).signed(secret, eventId).accepted();
        sync.awaitRuns(1, "webhook", "succeeded");
        String third = WebhookCall.post(url, body).signed(secret, eventId).accepted();

        assertThat(second).isEqualTo(first);
        assertThat(third).isEqualTo(first);
        assertThat(Json.texts(sync.runs(), "/id")).containsExactly(first);
    }

    @Test
    void theIntegrationShowsItsLastRun() {
        String runId = runOfOneStockChange().path("id").asText();

        JsonNode integration = Patience.soon()
                .until(sync::read, read -> read.at("/lastRun/status").asText().equals("succeeded"));

        assertThat(integration.at("/lastRun/runId").asText()).isEqualTo(runId);
        assertThat(integration.path("status").asText()).isEqualTo("active");
        assertThat(integration.path("webhookEnabled").asBoolean()).isTrue();
        assertThat(Http.json(sync.api().get("/api/v1/integrations?trigger=webhook&limit=100"), 200)
                        .toString())
                .contains(sync.id());
    }

    private JsonNode runOfOneStockChange() {
        demo.callOnStockChange(sync.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
        demo.changeStock(SKU);
        return sync.awaitRun("webhook", "succeeded");
    }

    private static JsonNode callTo(JsonNode run, String path) {
        return run.path("steps")
                .valueStream()
                .filter(step -> step.at("/request/url").asText().contains(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No call of " + path + " in " + run));
    }
}
