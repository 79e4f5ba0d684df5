package io.sluice.local.demo;

import static io.sluice.local.demo.RunningDemo.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopWebhookTest {

    private static final String ORDER = "{\"lines\": [{\"sku\": \"A-100\", \"quantity\": 2}]}";

    private final RecordingReceiver receiver = new RecordingReceiver();
    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        demo = RunningDemo.in(directory, InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));
    }

    @AfterEach
    void stop() {
        demo.close();
        receiver.close();
    }

    @Test
    void anActiveWebhookIsPingedByAnUnsignedForm() {
        JsonNode created = create("order.created", "active");

        RecordingReceiver.Received ping = receiver.next();
        assertThat(ping.body()).isEqualTo("webhook_id=" + created.path("id").asInt());
        assertThat(ping.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(ping.headers()).doesNotContainKey("X-WC-Webhook-Signature");
        assertThat(demo.state().at("/shop/webhooks/0/ping").asText()).isEqualTo("Answered 200");
        assertThat(created.has("secret")).isFalse();
    }

    @Test
    void aPingThatFailsIsToldAndTheWebhookStays() {
        receiver.answerNext(202);

        create("order.created", "active");

        assertThat(demo.state().at("/shop/webhooks/0/ping").asText())
                .isEqualTo("Error: Delivery URL returned response code: 202");
        assertThat(demo.state().at("/shop/webhooks/0/status").asText()).isEqualTo("active");
        assertThat(demo.get("/").body()).contains("Delivery URL returned response code: 202");
    }

    @Test
    void aPausedWebhookIsPingedWhenItBecomesActive() {
        JsonNode created = create("order.created", "paused");
        assertThat(receiver.waiting()).isZero();

        demo.woo("PUT", "webhooks/" + created.path("id").asInt(), "{\"status\": \"active\"}");

        assertThat(receiver.waiting()).isEqualTo(1);
    }

    @Test
    void anOrderIsSentAsItsResourceSigned() {
        create("order.created", "active");
        receiver.next();

        HttpResponse<String> placed = demo.post("/shop/orders", ORDER);

        RecordingReceiver.Received sent = receiver.next();
        assertThat(placed.statusCode()).isEqualTo(201);
        assertThat(sent.body()).isEqualTo(placed.body());
        assertThat(sent.header("X-WC-Webhook-Signature")).isEqualTo(Signatures.wooCommerce("s3cret", sent.body()));
        assertThat(sent.header("X-WC-Webhook-Topic")).isEqualTo("order.created");
        assertThat(sent.header("X-WC-Webhook-Resource")).isEqualTo("order");
        assertThat(sent.header("X-WC-Webhook-Event")).isEqualTo("created");
        assertThat(sent.header("X-WC-Webhook-ID")).isEqualTo("1");
        assertThat(sent.header("X-WC-Webhook-Delivery-ID")).matches("[0-9a-f]{32}");
        assertThat(sent.header("X-WC-Webhook-Source")).endsWith("/shop/");
        assertThat(sent.header("User-Agent")).startsWith("WooCommerce/8.");
        assertThat(sent.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void twoOrdersInOneSecondShareTheDeliveryIdAsInWooCommerce() {
        create("order.created", "active");
        receiver.next();

        demo.post("/shop/orders", ORDER);
        demo.post("/shop/orders", ORDER);

        RecordingReceiver.Received first = receiver.next();
        RecordingReceiver.Received second = receiver.next();
        assertThat(second.header("X-WC-Webhook-Delivery-ID")).isEqualTo(first.header("X-WC-Webhook-Delivery-ID"));
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void onlyARealChangeOfAProductIsSent() {
        create("product.updated", "active");
        receiver.next();

        demo.woo("POST", "products/batch", "{\"update\": [{\"id\": 11, \"stock_quantity\": 42}]}");
        demo.woo("POST", "products/batch", "{\"update\": [{\"id\": 11, \"stock_quantity\": 43}]}");

        assertThat(receiver.next().body()).contains("\"stock_quantity\":43");
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void failuresInARowDisableItAndAnEditBringsItBack() {
        int id = create("order.created", "active").path("id").asInt();
        receiver.next();
        receiver.answerNext(500, 500, 500, 500, 500, 500, 500);

        for (int i = 0; i < 7; i++) {
            demo.post("/shop/orders", ORDER);
        }

        demo.await(() -> status(id).equals("disabled"));
        demo.post("/shop/orders", ORDER);
        demo.woo("PUT", "webhooks/" + id, "{\"status\": \"active\"}");
        demo.post("/shop/orders", ORDER);
        demo.await(() -> demo.state().at("/shop/deliveries").size() == 9);
        assertThat(receiver.waiting()).isEqualTo(8);
        assertThat(status(id)).isEqualTo("active");
    }

    @Test
    void webhooksAreListedChangedAndDeleted() {
        int id = create("order.created", "paused").path("id").asInt();

        assertThat(json(demo.woo("GET", "webhooks", ""))).hasSize(1);
        assertThat(json(demo.woo("PUT", "webhooks/" + id, "{\"name\": \"Other\"}"))
                        .path("name")
                        .asText())
                .isEqualTo("Other");
        assertThat(demo.woo("DELETE", "webhooks/" + id, "").statusCode()).isEqualTo(501);
        assertThat(demo.woo("DELETE", "webhooks/" + id + "?force=true", "").statusCode())
                .isEqualTo(200);
        assertThat(demo.woo("GET", "webhooks/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aWebhookNeedsAKnownTopicAndAUrl() {
        assertThat(json(demo.woo("POST", "webhooks", "{\"topic\": \"moon.full\", \"delivery_url\": \"http://a/\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("woocommerce_rest_webhook_invalid_topic");
        assertThat(json(demo.woo("POST", "webhooks", "{\"topic\": \"order.created\", \"delivery_url\": \"mailto:a\"}"))
                        .path("code")
                        .asText())
                .isEqualTo("woocommerce_rest_webhook_invalid_delivery_url");
    }

    private JsonNode create(String topic, String status) {
        HttpResponse<String> created = demo.woo(
                "POST",
                "webhooks",
                "{\"name\": \"Test\", \"topic\": \"%s\", \"delivery_url\": \"%s\", \"secret\": \"s3cret\", \"status\": \"%s\"}"
                        .formatted(topic, receiver.url("/hook"), status));
        assertThat(created.statusCode()).isEqualTo(201);
        return json(created);
    }

    private String status(int id) {
        return json(demo.woo("GET", "webhooks/" + id, "")).path("status").asText();
    }
}
