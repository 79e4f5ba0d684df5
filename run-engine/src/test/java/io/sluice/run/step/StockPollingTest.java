package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpCall;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.Flows;
import io.sluice.run.testsupport.ScriptedHttp;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The example of the language's description, as a whole. */
class StockPollingTest {

    private static final String STOCK = "GET https://supplier.example/stock";
    private static final String BATCH = "POST https://shop.example/inventory/batch";

    private static FlowRun polling() {
        return FlowRun.of(Flows.stockPolling())
                .params("""
                        {"supplierUrl": "https://supplier.example", "shopUrl": "https://shop.example",
                         "since": "2026-11-01T00:00:00Z"}
                        """)
                .credential(
                        "supplier",
                        new Credential(
                                UUID.randomUUID(),
                                ConnectionKind.BASIC,
                                Map.of("username", "u"),
                                Map.of("password", "p")));
    }

    private static String page(String sku, String updatedAt, boolean more) {
        return """
               {"items": [{"code": "%s", "onHand": 5, "updatedAt": "%s"}], "hasMore": %s}
               """.formatted(sku, updatedAt, more);
    }

    @Test
    void pollsTwoPagesThroughA503AndMovesTheCursor() {
        FlowRun run = polling();
        run.http()
                .answer(STOCK, 200, page("A", "2026-11-20T00:00:00Z", true))
                .answer(BATCH, 200, "{\"accepted\": 1}")
                .answer(STOCK, 503, "{}")
                .answer(STOCK, 200, page("B", "2026-11-21T00:00:00Z", false))
                .answer(BATCH, 200, "{\"accepted\": 1}");

        assertThat(run.json()).isEqualTo("{'cursor':'2026-11-21T00:00:00Z'}");

        assertThat(run.http().calls().stream().filter(HttpCall::writes).map(ScriptedHttp::body))
                .containsExactly(
                        "{\"lines\":[{\"sku\":\"A\",\"quantity\":5}]}", "{\"lines\":[{\"sku\":\"B\",\"quantity\":5}]}");
        assertThat(run.http().urls())
                .containsExactly(
                        "https://supplier.example/stock?updated_after=2026-11-01T00%3A00%3A00Z&limit=100",
                        "https://shop.example/inventory/batch",
                        "https://supplier.example/stock?updated_after=2026-11-20T00%3A00%3A00Z&limit=100",
                        "https://supplier.example/stock?updated_after=2026-11-20T00%3A00%3A00Z&limit=100",
                        "https://shop.example/inventory/batch");
        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'cursor':'2026-11-21T00:00:00Z'}");
    }

    @Test
    void pollThatFindsNothingDeliversNothingAndKeepsTheCursor() {
        FlowRun run = polling();
        run.journal().contextFromBefore(Map.of("cursor", "2026-11-20T00:00:00Z"));
        run.http().answer(STOCK, 200, "{\"items\": [], \"hasMore\": false}");

        assertThat(run.json()).isEqualTo("{'cursor':'2026-11-20T00:00:00Z'}");
        assertThat(run.http().calls()).hasSize(1);
    }
}
