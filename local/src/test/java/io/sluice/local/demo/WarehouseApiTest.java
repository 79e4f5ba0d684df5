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

class WarehouseApiTest {

    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        // A clock that stands still: every change falls into the same millisecond.
        demo = RunningDemo.in(directory, InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void aCursorMissesNoChangeWithinAMillisecond() {
        change("A-100", 1);
        change("A-101", 2);
        change("A-102", 3);

        JsonNode first = stock("?updated_after=2026-03-01T09:59:59.999Z&limit=2");
        String cursor = first.at("/items/1/updatedAt").asText();
        JsonNode rest = stock("?updated_after=" + cursor + "&limit=2");

        assertThat(first.path("items").findValuesAsText("code")).containsExactly("A-100", "A-101");
        assertThat(first.path("hasMore").asBoolean()).isTrue();
        assertThat(cursor).isEqualTo("2026-03-01T10:00:00.001Z");
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.at("/items/0/onHand").asInt()).isEqualTo(3);
        assertThat(rest.path("hasMore").asBoolean()).isFalse();
    }

    @Test
    void withoutACursorAllStockIsGiven() {
        assertThat(stock("").path("items")).hasSize(6);
    }

    @Test
    void wantsTheWarehousesPassword() {
        assertThat(demo.get("/warehouse/stock").statusCode()).isEqualTo(401);
        assertThat(demo.get("/warehouse/webhook").statusCode()).isEqualTo(401);
    }

    @Test
    void aBadCursorOrLimitIsNamed() {
        assertThat(stock("?updated_after=yesterday").path("error").asText()).contains("updated_after", "yesterday");
        assertThat(stock("?limit=0").path("error").asText()).contains("limit");
    }

    @Test
    void stockIsChangedForAKnownProductByAWholeNumberOnly() {
        assertThat(json(change("A-100", 7)).path("quantity").asInt()).isEqualTo(7);
        assertThat(change("Z-999", 7).statusCode()).isEqualTo(404);
        assertThat(change("A-100", -1).statusCode()).isEqualTo(400);
        assertThat(demo.post("/warehouse/stock", "{\"sku\": \"A-100\", \"quantity\": 1.5}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(demo.post("/warehouse/stock", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void theSameQuantityIsNoChange() {
        String before = demo.state().at("/warehouse/stock/0/updatedAt").asText();

        change("A-100", 42);

        assertThat(demo.state().at("/warehouse/stock/0/updatedAt").asText()).isEqualTo(before);
    }

    @Test
    void theWebhookIsSetCheckedAndCleared() {
        String target = "{\"url\":\"http://127.0.0.1:9/hook\",\"secret\":\"whsec_c2VjcmV0\"}";

        assertThat(demo.warehouse("PUT", "/warehouse/webhook", target).body()).isEqualTo(target);
        assertThat(demo.warehouse("GET", "/warehouse/webhook", "").body()).isEqualTo(target);
        assertThat(demo.warehouse("PUT", "/warehouse/webhook", target.replace("whsec_", ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(demo.warehouse("PUT", "/warehouse/webhook", "{\"url\":\"ftp://127.0.0.1/\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(demo.warehouse("PUT", "/warehouse/webhook", "{\"url\":null}").body())
                .isEqualTo("{\"url\":null,\"secret\":null}");
    }

    private HttpResponse<String> change(String sku, int quantity) {
        return demo.post("/warehouse/stock", "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity));
    }

    private JsonNode stock(String query) {
        return json(demo.warehouse("GET", "/warehouse/stock" + query, ""));
    }
}
