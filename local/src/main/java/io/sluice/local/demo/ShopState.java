package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The shop's part of the state. Orders are kept in WooCommerce's format, oldest first, and never mutated. */
record ShopState(
        List<Product> products,
        List<ObjectNode> orders,
        int nextOrderId,
        List<ShopWebhook> webhooks,
        int nextWebhookId,
        List<Delivery> deliveries) {

    /** More orders than a person looks at; bounds the file that each change writes anew. */
    private static final int MOST_ORDERS = 10_000;

    ShopState {
        products = List.copyOf(products);
        orders = List.copyOf(orders.subList(Math.max(0, orders.size() - MOST_ORDERS), orders.size()));
        webhooks = List.copyOf(webhooks);
        deliveries = List.copyOf(deliveries);
    }

    Optional<Product> product(long id) {
        return products.stream().filter(product -> product.id() == id).findFirst();
    }

    Optional<Product> product(String sku) {
        return products.stream().filter(product -> product.sku().equals(sku)).findFirst();
    }

    Optional<ShopWebhook> webhook(long id) {
        return webhooks.stream().filter(webhook -> webhook.id() == id).findFirst();
    }

    ShopState with(Product changed) {
        List<Product> replaced = products.stream()
                .map(product -> product.id() == changed.id() ? changed : product)
                .toList();
        return new ShopState(replaced, orders, nextOrderId, webhooks, nextWebhookId, deliveries);
    }

    ShopState withOrder(ObjectNode order) {
        List<ObjectNode> more = Stream.concat(orders.stream(), Stream.of(order)).toList();
        return new ShopState(products, more, nextOrderId + 1, webhooks, nextWebhookId, deliveries);
    }

    ShopState withNew(ShopWebhook webhook) {
        List<ShopWebhook> more =
                Stream.concat(webhooks.stream(), Stream.of(webhook)).toList();
        return new ShopState(products, orders, nextOrderId, more, nextWebhookId + 1, deliveries);
    }

    ShopState with(ShopWebhook changed) {
        List<ShopWebhook> replaced = webhooks.stream()
                .map(webhook -> webhook.id() == changed.id() ? changed : webhook)
                .toList();
        return new ShopState(products, orders, nextOrderId, replaced, nextWebhookId, deliveries);
    }

    ShopState without(ShopWebhook removed) {
        List<ShopWebhook> rest = webhooks.stream()
                .filter(webhook -> webhook.id() != removed.id())
                .toList();
        return new ShopState(products, orders, nextOrderId, rest, nextWebhookId, deliveries);
    }

    ShopState with(Delivery delivery) {
        return new ShopState(
                products, orders, nextOrderId, webhooks, nextWebhookId, Delivery.newest(deliveries, delivery));
    }
}
