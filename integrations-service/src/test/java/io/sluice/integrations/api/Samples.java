package io.sluice.integrations.api;

import java.util.List;
import java.util.Map;

/** What the library's templates are tried with: parameters, and the answers of the systems they call. */
final class Samples {

    private static final String SHOP = "https://shop.example.org";
    private static final String WAREHOUSE = "https://warehouse.example.org";
    private static final Map<String, Object> PRODUCTS = answer(List.of(Map.of("id", 11, "sku", "A-100")));
    private static final Map<String, Object> UPDATED = answer(Map.of("update", List.of(Map.of("id", 11))));

    private Samples() {}

    static Map<String, Object> params(String template) {
        return switch (template) {
            case "inventory-sync-webhook" -> Map.of("shopUrl", SHOP);
            case "inventory-sync-polling" -> Map.of("shopUrl", SHOP, "warehouseUrl", WAREHOUSE);
            case "unleashed-to-woocommerce-stock" -> Map.of("shopUrl", SHOP, "unleashedUrl", WAREHOUSE);
            case "woocommerce-order-to-unleashed" -> Map.of("unleashedUrl", WAREHOUSE, "customerCode", "WEB");
            case "webhook-to-http" -> Map.of("url", SHOP);
            case "poll-to-http" -> Map.of("source", WAREHOUSE, "url", SHOP);
            default -> throw new IllegalArgumentException(template + " has no sample here yet");
        };
    }

    static Map<String, Object> answers(String template) {
        return switch (template) {
            case "inventory-sync-webhook" -> Map.of("products", PRODUCTS, "update", UPDATED);
            case "inventory-sync-polling" ->
                Map.of(
                        "changes",
                        answer(Map.of(
                                "items",
                                List.of(Map.of("code", "A-100", "onHand", 7, "updatedAt", "2026-11-24T05:55:00.000Z")),
                                "hasMore",
                                false)),
                        "products",
                        PRODUCTS,
                        "batch",
                        UPDATED);
            case "unleashed-to-woocommerce-stock" ->
                Map.of(
                        "stock",
                        answer(Map.of(
                                "Pagination",
                                Map.of("NumberOfPages", 1),
                                "Items",
                                List.of(Map.of(
                                        "ProductCode",
                                        "A-100",
                                        "AvailableQty",
                                        7,
                                        "QtyOnHand",
                                        9,
                                        "LastModifiedOn",
                                        "/Date(1795499700000)/")))),
                        "products",
                        PRODUCTS,
                        "batch",
                        UPDATED);
            default -> Map.of();
        };
    }

    private static Map<String, Object> answer(Object body) {
        return Map.of("status", 200, "body", body);
    }
}
