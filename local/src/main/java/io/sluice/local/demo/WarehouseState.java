package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The warehouse's part of the state. Sales orders are kept in Unleashed's format, oldest first, and never mutated. */
record WarehouseState(
        List<StockLevel> stock,
        List<ObjectNode> salesOrders,
        int nextOrderNumber,
        @Nullable WebhookTarget webhook,
        List<Delivery> deliveries) {

    WarehouseState {
        stock = List.copyOf(stock);
        salesOrders = List.copyOf(salesOrders);
        deliveries = List.copyOf(deliveries);
    }

    Optional<StockLevel> find(String sku) {
        return stock.stream().filter(level -> level.sku().equals(sku)).findFirst();
    }

    Optional<WebhookTarget> target() {
        return Optional.ofNullable(webhook);
    }

    WarehouseState with(StockLevel changed) {
        List<StockLevel> levels = stock.stream()
                .map(level -> level.sku().equals(changed.sku()) ? changed : level)
                .toList();
        return new WarehouseState(levels, salesOrders, nextOrderNumber, webhook, deliveries);
    }

    WarehouseState withSalesOrders(List<ObjectNode> orders, int nextNumber) {
        return new WarehouseState(stock, orders, nextNumber, webhook, deliveries);
    }

    WarehouseState withWebhook(@Nullable WebhookTarget target) {
        return new WarehouseState(stock, salesOrders, nextOrderNumber, target, deliveries);
    }

    WarehouseState with(Delivery delivery) {
        return new WarehouseState(stock, salesOrders, nextOrderNumber, webhook, delivery.in(deliveries));
    }

    WarehouseState restarted() {
        List<Delivery> settled = deliveries.stream().map(Delivery::restarted).toList();
        return new WarehouseState(stock, salesOrders, nextOrderNumber, webhook, settled);
    }
}
