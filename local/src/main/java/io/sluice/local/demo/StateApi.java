package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/** What the demo systems know: as a page for people, as JSON for tests. Secrets and tokens stay inside. */
final class StateApi {

    private final Store store;
    private final LongSupplier shopRequests;
    private final String stylesheet = resource("/demo/demo.css");

    StateApi(Store store, LongSupplier shopRequests) {
        this.store = store;
        this.shopRequests = shopRequests;
    }

    void addTo(Router router) {
        router.on("GET", "/", _ -> Answer.html(200, new StatePage(store.read()).render()));
        router.on("GET", "/demo.css", _ -> new Answer(200, "text/css; charset=utf-8", stylesheet, Map.of()));
        router.on("GET", "/state", _ -> Answer.json(200, state()));
    }

    static ObjectNode stockLevel(StockLevel level) {
        return DemoJson.object()
                .put("sku", level.sku())
                .put("description", level.description())
                .put("quantity", level.quantity())
                .put("updatedAt", DemoJson.text(level.updatedAt()));
    }

    private ObjectNode state() {
        State state = store.read();
        var body = DemoJson.object();
        body.set("warehouse", warehouse(state.warehouse()));
        body.set("shop", shop(state.shop()));
        return body;
    }

    private static ObjectNode warehouse(WarehouseState warehouse) {
        var body = DemoJson.object();
        body.set("stock", warehouse.stock().stream().map(StateApi::stockLevel).collect(DemoJson.toArray()));
        body.set("salesOrders", warehouse.salesOrders().stream().collect(DemoJson.toArray()));
        body.set("webhook", warehouse.target().<JsonNode>map(StateApi::webhook).orElse(null));
        body.set("deliveries", deliveries(warehouse.deliveries()));
        return body;
    }

    private ObjectNode shop(ShopState shop) {
        var body = DemoJson.object();
        body.set("products", shop.products().stream().map(StateApi::product).collect(DemoJson.toArray()));
        body.set("orders", shop.orders().stream().collect(DemoJson.toArray()));
        body.set("webhooks", shop.webhooks().stream().map(StateApi::webhook).collect(DemoJson.toArray()));
        body.set("deliveries", deliveries(shop.deliveries()));
        body.put("requests", shopRequests.getAsLong());
        return body;
    }

    private static ObjectNode product(Product product) {
        return DemoJson.object()
                .put("id", product.id())
                .put("sku", product.sku())
                .put("name", product.name())
                .put("stockQuantity", product.stockQuantity());
    }

    private static ObjectNode webhook(WebhookTarget target) {
        return DemoJson.object().put("url", MaskedUrl.of(target.url())).put("signed", target.secret() != null);
    }

    private static ObjectNode webhook(ShopWebhook webhook) {
        return DemoJson.object()
                .put("id", webhook.id())
                .put("name", webhook.name())
                .put("status", webhook.status().name())
                .put("topic", webhook.topic())
                .put("url", MaskedUrl.of(webhook.deliveryUrl()))
                .put("failureCount", webhook.failureCount())
                .put("ping", webhook.ping());
    }

    private static JsonNode deliveries(List<Delivery> deliveries) {
        return DemoJson.MAPPER.valueToTree(deliveries);
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(StateApi.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
