package io.sluice.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The demo warehouse and shop, used as the people and programs there would. */
public final class DemoApi {

    private static final String JSON = "application/json";

    private final URI base;
    private final Cleanups cleanups;

    public DemoApi(URI base, Cleanups cleanups) {
        this.base = base;
        this.cleanups = cleanups;
    }

    public String url(String path) {
        return base + path;
    }

    /** Sets another level than the one that both sides have now; gives the warehouse's answer. */
    public JsonNode changeStock(String sku) {
        int other = Math.max(warehouseStock(sku), shopStock(sku)) + 1;
        return Http.json(
                request()
                        .body(Json.write(Map.of("sku", sku, "quantity", other)))
                        .post("/warehouse/stock"),
                200);
    }

    public int warehouseStock(String sku) {
        return bySku(state().at("/warehouse/stock"), sku).path("quantity").asInt();
    }

    public int shopStock(String sku) {
        return bySku(state().at("/shop/products"), sku).path("stockQuantity").asInt();
    }

    /** When the warehouse's stock changed last. */
    public String lastStockChange() {
        return state().at("/warehouse/stock")
                .valueStream()
                .map(level -> level.path("updatedAt").asText())
                .max(Comparator.comparing(Instant::parse))
                .orElseThrow();
    }

    /** The warehouse calls this URL at each change of stock, until the end of the test. */
    public void callOnStockChange(String url, String secret) {
        cleanups.add(() -> setWarehouseWebhook(new HashMap<>()));
        setWarehouseWebhook(Map.of("url", url, "secret", secret));
    }

    /** A webhook of the shop for new orders, until the end of the test; gives what the shop says of it. */
    public JsonNode callOnOrder(String url, String secret) {
        JsonNode created = Http.json(
                shop().body(Json.write(Map.of("topic", "order.created", "delivery_url", url, "secret", secret)))
                        .post("/shop/wp-json/wc/v3/webhooks"),
                201);
        int id = created.path("id").asInt();
        cleanups.add(() -> Http.require(shop().delete("/shop/wp-json/wc/v3/webhooks/{id}?force=true", id), 200));
        return state().at("/shop/webhooks")
                .valueStream()
                .filter(webhook -> webhook.path("id").asInt() == id)
                .findFirst()
                .orElseThrow();
    }

    /** Gives the order in WooCommerce's format. */
    public JsonNode placeOrder(String sku, int quantity) {
        return Http.json(
                request()
                        .body(Json.write(Map.of("lines", List.of(Map.of("sku", sku, "quantity", quantity)))))
                        .post("/shop/orders"),
                201);
    }

    /** The warehouse's sales orders with such a line. */
    public List<JsonNode> salesOrders(String sku, int quantity) {
        return state().at("/warehouse/salesOrders")
                .valueStream()
                .filter(order -> order.path("SalesOrderLines")
                        .valueStream()
                        .anyMatch(
                                line -> line.at("/Product/ProductCode").asText().equals(sku)
                                        && line.path("OrderQuantity").asInt() == quantity))
                .toList();
    }

    /** An address of its own at the echo, which remembers what comes there. */
    public EchoTarget echo() {
        return new EchoTarget(this, "/echo/" + Json.unique("test"));
    }

    JsonNode echoLog() {
        return Http.json(request().get("/echo-log"), 200);
    }

    private JsonNode state() {
        return Http.json(request().get("/state"), 200);
    }

    private void setWarehouseWebhook(Map<String, Object> target) {
        Http.require(
                request()
                        .auth()
                        .preemptive()
                        .basic("warehouse", "warehouse-password")
                        .body(Json.write(target))
                        .put("/warehouse/webhook"),
                200);
    }

    private RequestSpecification shop() {
        return request().auth().preemptive().basic("ck_demo", "cs_demo");
    }

    private RequestSpecification request() {
        return Http.request().baseUri(base.toString()).contentType(JSON);
    }

    private static JsonNode bySku(JsonNode list, String sku) {
        return list.valueStream()
                .filter(entry -> entry.path("sku").asText().equals(sku))
                .findFirst()
                .orElseThrow();
    }
}
