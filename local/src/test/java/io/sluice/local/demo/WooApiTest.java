package io.sluice.local.demo;

import static io.sluice.local.demo.RunningDemo.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WooApiTest {

    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        demo = RunningDemo.in(directory, InstantSource.system());
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void wantsTheConsumersKeys() {
        HttpResponse<String> answer = demo.get("/shop/wp-json/wc/v3/products");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("code").asText()).isEqualTo("woocommerce_rest_cannot_view");
        assertThat(json(answer).at("/data/status").asInt()).isEqualTo(401);
    }

    @Test
    void productsAreFoundBySeveralSkus() {
        JsonNode found = json(demo.woo("GET", "products?sku=A-100,A-105,Z-1&order=asc", ""));

        assertThat(found.findValuesAsText("sku")).containsExactly("A-100", "A-105");
        assertThat(found.at("/1/price").asText()).isEqualTo("64.00");
    }

    @Test
    void pagesTellTotalsAndNeighbours() {
        HttpResponse<String> answer = demo.woo("GET", "products?per_page=2&page=2", "");

        assertThat(json(answer).findValuesAsText("sku")).containsExactly("A-103", "A-102");
        assertThat(answer.headers().firstValue("X-WP-Total")).contains("6");
        assertThat(answer.headers().firstValue("X-WP-TotalPages")).contains("3");
        assertThat(answer.headers().firstValue("Link").orElse(""))
                .contains("products?per_page=2&page=1>; rel=\"prev\"", "products?per_page=2&page=3>; rel=\"next\"");
    }

    @Test
    void aBatchUpdatesWhatItCanAndNamesWhatItCannot() {
        HttpResponse<String> answer = demo.woo("POST", "products/batch", """
            {"update": [{"id": 11, "stock_quantity": 5, "manage_stock": true}, {"id": 999, "stock_quantity": 1},
                        {"id": 12, "stock_quantity": "3"}, {"id": 13, "stock_quantity": "many"}]}
            """);

        JsonNode items = json(answer).path("update");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(items.at("/0/stock_quantity").asInt()).isEqualTo(5);
        assertThat(items.at("/1/id").asInt()).isEqualTo(999);
        assertThat(items.at("/1/error/code").asText()).isEqualTo("woocommerce_rest_product_invalid_id");
        assertThat(items.at("/2/stock_quantity").asInt()).isEqualTo(3);
        assertThat(items.at("/3/error/code").asText()).isEqualTo("rest_invalid_param");
        assertThat(demo.state().at("/shop/products/0/stockQuantity").asInt()).isEqualTo(5);
    }

    @Test
    void aBatchHasAHundredItemsAtMost() {
        String items = IntStream.rangeClosed(1, 101)
                .mapToObj(id -> "{\"id\":" + id + "}")
                .collect(Collectors.joining(",", "{\"update\":[", "]}"));

        HttpResponse<String> answer = demo.woo("POST", "products/batch", items);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).path("code").asText()).isEqualTo("woocommerce_rest_request_entity_too_large");
    }

    @Test
    void anUnmanagedProductHasNoQuantityAndGetsOneWhenManagedAgain() {
        demo.woo("PUT", "products/11", "{\"manage_stock\": false}");
        assertThat(json(demo.woo("GET", "products/11", ""))
                        .path("stock_quantity")
                        .isNull())
                .isTrue();

        demo.woo("PUT", "products/11", "{\"manage_stock\": true, \"stock_quantity\": 4}");

        assertThat(json(demo.woo("GET", "products/11", ""))
                        .path("stock_quantity")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void whatIsNotThereIsToldInWordPressWords() {
        assertThat(json(demo.woo("GET", "products/999", "")).path("code").asText())
                .isEqualTo("woocommerce_rest_product_invalid_id");
        assertThat(json(demo.woo("GET", "coupons", "")).path("code").asText()).isEqualTo("rest_no_route");
        assertThat(json(demo.woo("POST", "products/batch", "{")).path("code").asText())
                .isEqualTo("rest_invalid_json");
    }

    @Test
    void requestsAreCounted() {
        demo.woo("GET", "products", "");
        demo.woo("GET", "orders", "");

        assertThat(demo.state().at("/shop/requests").asInt()).isEqualTo(2);
    }

    @Test
    void aPlacedOrderCanBeReadOverTheApi() {
        JsonNode placed = json(demo.post("/shop/orders", """
            {"lines": [{"sku": "A-100", "quantity": 2}, {"sku": "A-105", "quantity": 1}], "email": "a@b.example"}
            """));

        assertThat(placed.path("total").asText()).isEqualTo("93.80");
        assertThat(placed.at("/billing/email").asText()).isEqualTo("a@b.example");
        assertThat(placed.path("line_items").findValuesAsText("sku")).containsExactly("A-100", "A-105");
        assertThat(json(demo.woo("GET", "orders/" + placed.path("id").asText(), "")))
                .isEqualTo(placed);
        assertThat(json(demo.woo("GET", "orders", ""))).hasSize(1);
    }

    @Test
    void anOrderOfUnknownOrNoProductsIsRefused() {
        assertThat(demo.post("/shop/orders", "{\"lines\": [{\"sku\": \"Z-1\", \"quantity\": 1}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(demo.post("/shop/orders", "{\"lines\": []}").statusCode()).isEqualTo(400);
        assertThat(demo.post("/shop/orders", "{\"lines\": [{\"sku\": \"A-100\", \"quantity\": 0}]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(demo.state().at("/shop/orders")).isEmpty();
    }
}
