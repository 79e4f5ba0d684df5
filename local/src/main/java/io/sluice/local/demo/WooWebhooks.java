package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Webhooks over REST. The secret goes in and never comes out. */
final class WooWebhooks {

    private static final Set<String> TOPICS = Set.of("order.created", "product.updated");

    private final Store store;
    private final Shop shop;
    private final URI base;

    WooWebhooks(Store store, Shop shop, URI base) {
        this.store = store;
        this.shop = shop;
        this.base = base;
    }

    Answer list(Call call) {
        return new WooCollection(call, base)
                .answer(store.read().shop().webhooks().stream()
                        .map(WooFormat::webhook)
                        .toList());
    }

    Answer one(Call call) {
        return found(store.read().shop().webhook(WooApi.id(call)));
    }

    Answer create(Call call) {
        Shop.WebhookFields fields = fields(call.json());
        if (fields.topic().isEmpty()) {
            throw WooErrors.refused(
                    400, "woocommerce_rest_webhook_invalid_topic", "Webhook topic is required and must be valid.");
        }
        if (fields.deliveryUrl().isEmpty()) {
            throw invalidUrl();
        }
        ShopWebhook created = shop.createWebhook(fields);
        return Answer.json(201, WooFormat.webhook(created))
                .with("Location", base.resolve(call.path() + "/" + created.id()).toString());
    }

    Answer update(Call call) {
        return found(shop.updateWebhook(WooApi.id(call), fields(call.json())));
    }

    /** WooCommerce has no trash for webhooks, so it wants to hear that the deletion is meant. */
    Answer delete(Call call) {
        if (!call.query("force").orElse("false").equals("true")) {
            throw WooErrors.refused(501, "woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.");
        }
        return found(shop.deleteWebhook(WooApi.id(call)));
    }

    private static Answer found(Optional<ShopWebhook> webhook) {
        return webhook.map(one -> Answer.json(200, WooFormat.webhook(one)))
                .orElseThrow(() -> WooErrors.refused(404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID."));
    }

    private static Shop.WebhookFields fields(ObjectNode body) {
        Optional<String> topic = text(body, "topic");
        topic.filter(name -> !TOPICS.contains(name)).ifPresent(_ -> {
            throw WooErrors.refused(
                    400, "woocommerce_rest_webhook_invalid_topic", "Webhook topic is required and must be valid.");
        });
        Optional<String> url = text(body, "delivery_url");
        url.ifPresent(WooWebhooks::requireUrl);
        return new Shop.WebhookFields(
                text(body, "name"), text(body, "status").map(WooWebhooks::status), topic, url, text(body, "secret"));
    }

    private static void requireUrl(String url) {
        try {
            WebhookTarget.requireHttp(url);
        } catch (Refused e) {
            throw invalidUrl();
        }
    }

    private static Refused invalidUrl() {
        return WooErrors.refused(
                400,
                "woocommerce_rest_webhook_invalid_delivery_url",
                "Webhook delivery URL must be a valid URL starting with http:// or https://.");
    }

    private static ShopWebhook.Status status(String word) {
        return Arrays.stream(ShopWebhook.Status.values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        WooErrors.invalidParameter("status", "status is not one of active, paused, and disabled."));
    }

    private static Optional<String> text(ObjectNode body, String name) {
        return Optional.of(body.path(name).asText("")).filter(text -> !text.isEmpty());
    }
}
