package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Sends the shop's webhooks as WooCommerce does, under the name it gives itself: one attempt each, and no more at all
 * after too many failures in a row. Deliveries leave one after the other.
 */
final class Hookshot implements AutoCloseable {

    private static final String USER_AGENT = "WooCommerce/8.9.3 Hookshot (WordPress/6.5.5)";

    /** Stands for the salt that WordPress hashes with. */
    private static final String SALT = "sluice-demo-shop";

    private final Store store;
    private final WebhookClient client;
    private final InstantSource clock;
    private final URI source;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("shop-webhooks").factory());

    Hookshot(Store store, WebhookClient client, InstantSource clock, URI source) {
        this.store = store;
        this.client = client;
        this.clock = clock;
        this.source = source;
    }

    void fire(String topic, ObjectNode resource) {
        String body = DemoJson.text(resource);
        store.read().shop().webhooks().stream()
                .filter(webhook -> webhook.topic().equals(topic))
                .filter(webhook -> webhook.status() == ShopWebhook.Status.active)
                .forEach(webhook -> queue.execute(() -> deliver(webhook.id(), topic, body)));
    }

    /** The ping of a new webhook: an unsigned form, which wants exactly 200. */
    ShopWebhook ping(ShopWebhook webhook) {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "User-Agent", USER_AGENT);
        Instant at = clock.instant();
        Reply reply = client.post(webhook.deliveryUrl(), headers, "webhook_id=" + webhook.id());
        boolean fine = reply.isWithin(200, 200);
        String result = switch (reply) {
            case Reply.Answered(var status, var _) when status == 200 -> "Answered 200";
            case Reply.Answered(var status, var _) -> "Error: Delivery URL returned response code: " + status;
            case Reply.Unreachable(var reason) -> "Error: Delivery URL cannot be reached: " + reason;
        };
        Delivery delivery = Delivery.sending("ping-" + webhook.id(), "ping", at, webhook.deliveryUrl())
                .attempted(1, fine ? Delivery.Outcome.DELIVERED : Delivery.Outcome.FAILED, reply);
        return store.change(state -> {
            ShopWebhook pinged =
                    state.shop().webhook(webhook.id()).orElse(webhook).pinged(result);
            return Store.Change.to(state.with(state.shop().with(pinged).with(delivery)), pinged);
        });
    }

    @Override
    public void close() {
        queue.shutdownNow();
        queue.close();
    }

    private void deliver(int id, String topic, String body) {
        // Looked up again: it may have been switched off while this delivery was waiting.
        store.read()
                .shop()
                .webhook(id)
                .filter(webhook -> webhook.status() == ShopWebhook.Status.active)
                .ifPresent(webhook -> deliver(webhook, topic, body));
    }

    private void deliver(ShopWebhook webhook, String topic, String body) {
        Instant at = clock.instant();
        String deliveryId = Signatures.wordPressHash(SALT, webhook.id() + Long.toString(at.getEpochSecond()));
        Reply reply = client.post(webhook.deliveryUrl(), headers(webhook, deliveryId, body), body);
        // WooCommerce takes 301 and 302 for a success and does not follow them.
        boolean fine = reply.isWithin(200, 302);
        Delivery delivery = Delivery.sending(deliveryId, topic, at, webhook.deliveryUrl())
                .attempted(1, fine ? Delivery.Outcome.DELIVERED : Delivery.Outcome.FAILED, reply);
        store.change(state -> {
            ShopWebhook current = state.shop().webhook(webhook.id()).orElse(webhook);
            ShopState shop = state.shop().with(fine ? current.succeeded() : current.failed());
            return Store.Change.to(state.with(shop.with(delivery)), delivery);
        });
    }

    /** The delivery id is made of webhook and second, as in WooCommerce: two orders in one second share it. */
    private Map<String, String> headers(ShopWebhook webhook, String deliveryId, String body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", USER_AGENT);
        headers.put("X-WC-Webhook-Source", source.toString());
        headers.put("X-WC-Webhook-Topic", webhook.topic());
        headers.put("X-WC-Webhook-Resource", webhook.resource());
        headers.put("X-WC-Webhook-Event", webhook.event());
        headers.put("X-WC-Webhook-Signature", Signatures.wooCommerce(webhook.secret(), body));
        headers.put("X-WC-Webhook-ID", Integer.toString(webhook.id()));
        headers.put("X-WC-Webhook-Delivery-ID", deliveryId);
        return headers;
    }
}
