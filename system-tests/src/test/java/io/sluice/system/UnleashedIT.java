package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.Patience;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The two templates between WooCommerce and Unleashed, against the wire formats of both. */
@SystemTest
class UnleashedIT {

    private static final String SKU = "A-102";

    private final DemoApi demo;
    private final Library library;

    UnleashedIT(Sluice sluice) {
        this.demo = sluice.demo();
        this.library = sluice.library();
    }

    @Test
    void anOrderOfTheShopBecomesASalesOrder() {
        Integration orders = ordersOfTheShop();
        int quantity = uncommonQuantity();

        JsonNode order = demo.placeOrder(SKU, quantity);

        List<JsonNode> booked = Patience.soon().until(() -> demo.salesOrders(SKU, quantity), found -> !found.isEmpty());
        assertThat(booked).hasSize(1);
        JsonNode sales = booked.getFirst();
        assertThat(sales.at("/Customer/CustomerCode").asText()).isEqualTo("WEB");
        assertThat(sales.path("OrderNumber").asText()).isNotBlank();
        assertThat(sales.path("OrderStatus").asText()).isNotBlank();
        assertThat(sales.path("SubTotal").asDouble())
                .isEqualTo(Double.parseDouble(order.path("total").asText()));
        assertThat(sales.toString()).contains(order.path("number").asText());
        orders.awaitRun("webhook", "succeeded");
    }

    @Test
    void theSalesOrderIsSignedAndTheKeyStaysSecret() {
        Integration orders = ordersOfTheShop();

        demo.placeOrder(SKU, uncommonQuantity());

        JsonNode run = orders.awaitRun("webhook", "succeeded");
        JsonNode sent = run.path("steps")
                .valueStream()
                .filter(step -> step.at("/request/url").asText().contains("/warehouse/SalesOrders"))
                .filter(step -> step.at("/request/method").asText().equalsIgnoreCase("post"))
                .findFirst()
                .orElseThrow();
        assertThat(sent.at("/response/status").asInt()).isEqualTo(201);
        assertThat(run.toString()).doesNotContain("demo-warehouse-key");
    }

    @Test
    void twoOrdersInOneSecondAreTwoSalesOrders() {
        Integration orders = ordersOfTheShop();
        int first = uncommonQuantity();
        int second = first + 1;

        demo.placeOrder(SKU, first);
        demo.placeOrder(SKU, second);

        orders.awaitRuns(2, "webhook", "succeeded");
        assertThat(demo.salesOrders(SKU, first)).hasSize(1);
        assertThat(demo.salesOrders(SKU, second)).hasSize(1);
    }

    @Test
    void aScheduleBringsUnleashedStockToTheShop() {
        Integration stock = library.install("library/unleashed-to-woocommerce-stock");
        stock.addSchedule(Map.of("every", "PT5S"));

        int level = demo.changeStock(SKU).path("quantity").asInt();

        Patience.soon().until(() -> demo.shopStock(SKU) == level);
        assertThat(stock.awaitRun("schedule", "succeeded").toString())
                .contains("/warehouse/StockOnHand")
                .doesNotContain("demo-warehouse-key", "cs_demo");
    }

    private Integration ordersOfTheShop() {
        Integration orders = library.install("library/woocommerce-order-to-unleashed");
        String secret = Json.unique("secret");
        String url = orders.enableWebhook(Map.of("scheme", "woocommerce", "secrets", List.of(secret)));
        assertThat(demo.callOnOrder(url, secret).path("ping").asText()).isEqualTo("Answered 200");
        return orders;
    }

    /** By which a test knows its own order again. */
    private static int uncommonQuantity() {
        return RandomGenerator.getDefault().nextInt(1_000, 9_999);
    }
}
