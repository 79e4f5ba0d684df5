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

class UnleashedApiTest {

    private static final String ORDER_PATH = "SalesOrders/0a1b2c3d-0000-4000-8000-000000000001";
    private static final String ORDER = """
        {"Customer": {"CustomerCode": "WEB"}, "CustomerRef": "1001", "OrderStatus": "Placed", "ExchangeRate": 1,
         "Tax": {"TaxCode": "NONE"}, "SubTotal": 29.80, "TaxTotal": 0, "Total": 29.80,
         "SalesOrderLines": [{"LineNumber": 1, "Product": {"ProductCode": "A-100"}, "OrderQuantity": 2,
           "UnitPrice": 14.90, "LineTotal": 29.80}]}
        """;

    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        demo = RunningDemo.in(directory, InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")));
    }

    @AfterEach
    void stop() {
        demo.close();
    }

    @Test
    void acceptsTheSignatureOfTheQueryString() {
        HttpResponse<String> answer = demo.unleashed("GET", "StockOnHand", "pageSize=2", "");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAWrongSignatureAndAMissingOne() {
        String ofAnotherQuery = Signatures.unleashed("demo-warehouse-key", "pageSize=3");

        assertThat(demo.unleashed("GET", "StockOnHand", "pageSize=2", "", ofAnotherQuery)
                        .statusCode())
                .isEqualTo(403);
        assertThat(demo.get("/warehouse/StockOnHand").statusCode()).isEqualTo(403);
    }

    @Test
    void wantsJsonAskedForByName() {
        HttpResponse<String> answer = demo.send(
                "GET",
                "/warehouse/StockOnHand",
                "",
                "api-auth-id",
                "demo-warehouse-id",
                "api-auth-signature",
                Signatures.unleashed("demo-warehouse-key", ""));

        assertThat(answer.statusCode()).isEqualTo(406);
    }

    @Test
    void pagesAreNumberedInThePath() {
        JsonNode second = json(demo.unleashed("GET", "StockOnHand/2", "pageSize=4", ""));

        assertThat(second.path("Pagination"))
                .hasToString("{\"NumberOfItems\":6,\"PageSize\":4,\"PageNumber\":2,\"NumberOfPages\":2}");
        assertThat(second.path("Items").findValuesAsText("ProductCode")).containsExactly("A-104", "A-105");
    }

    @Test
    void pageSizeIsCappedAndMustBeANumber() {
        assertThat(json(demo.unleashed("GET", "StockOnHand", "pageSize=5000", ""))
                        .at("/Pagination/PageSize")
                        .asInt())
                .isEqualTo(1000);
        assertThat(demo.unleashed("GET", "StockOnHand", "pageSize=many", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void modifiedSinceGivesWhatChangedAtOrAfterTheInstant() {
        demo.post("/warehouse/stock", "{\"sku\": \"A-103\", \"quantity\": 7}");

        JsonNode changed = json(demo.unleashed("GET", "StockOnHand", "modifiedSince=2026-03-01T10:00:00.000", ""));

        assertThat(changed.path("Items").findValuesAsText("ProductCode")).containsExactly("A-103");
        assertThat(changed.at("/Items/0/QtyOnHand").asInt()).isEqualTo(7);
        assertThat(changed.at("/Items/0/LastModifiedOn").asText()).isEqualTo("/Date(1772359200000)/");
        assertThat(json(demo.unleashed("GET", "StockOnHand", "modifiedSince=2026-03-02", ""))
                        .path("Items"))
                .isEmpty();
    }

    @Test
    void oneProductIsFoundByItsGuid() {
        String guid = json(demo.unleashed("GET", "Products", "", ""))
                .at("/Items/1/Guid")
                .asText();

        assertThat(json(demo.unleashed("GET", "StockOnHand/" + guid, "", ""))
                        .path("ProductCode")
                        .asText())
                .isEqualTo("A-101");
    }

    @Test
    void aSalesOrderIsCompletedAndListed() {
        HttpResponse<String> answer = demo.unleashed("POST", ORDER_PATH, "", ORDER);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(json(answer).path("OrderNumber").asText()).isEqualTo("SO-00000001");
        assertThat(json(answer)
                        .at("/SalesOrderLines/0/Product/ProductDescription")
                        .asText())
                .isEqualTo("Enamel mug, white");
        assertThat(json(demo.unleashed("GET", "SalesOrders", "", "")).at("/Items/0"))
                .isEqualTo(json(answer));
    }

    @Test
    void theSameGuidAgainIsTheSameOrder() {
        demo.unleashed("POST", ORDER_PATH, "", ORDER);

        HttpResponse<String> again = demo.unleashed("POST", ORDER_PATH, "", ORDER.replace("\"Placed\"", "\"Parked\""));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).path("OrderNumber").asText()).isEqualTo("SO-00000001");
        assertThat(demo.state().at("/warehouse/salesOrders")).hasSize(1);
        assertThat(demo.state().at("/warehouse/salesOrders/0/OrderStatus").asText())
                .isEqualTo("Parked");
    }

    @Test
    void aBadSalesOrderIsRefusedWithAllThatIsWrong() {
        String bad = ORDER.replace("A-100", "Z-1")
                .replace("\"WEB\"", "\"NOBODY\"")
                .replace("\"Total\": 29.80", "\"Total\": 30")
                .replace("\"ExchangeRate\": 1,", "");

        HttpResponse<String> answer = demo.unleashed("POST", ORDER_PATH, "", bad);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("Items").findValuesAsText("Field"))
                .containsExactly("Customer", "ExchangeRate", "SalesOrderLines[0].Product", "Total");
        assertThat(demo.state().at("/warehouse/salesOrders")).isEmpty();
    }

    @Test
    void anAmountThatNobodyCanReckonWithIsRefusedAtOnce() {
        HttpResponse<String> answer = demo.unleashed(
                "POST", ORDER_PATH, "", ORDER.replace("\"SubTotal\": 29.80", "\"SubTotal\": 1e999999999"));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void anOrderNumberBelongsToOneOrder() {
        String numbered = ORDER.replaceFirst("\\{", "{\"OrderNumber\": \"WEB-1001\", ");
        demo.unleashed("POST", ORDER_PATH, "", numbered);

        HttpResponse<String> other = demo.unleashed("POST", ORDER_PATH.replace("0001", "0002"), "", numbered);

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(json(other).at("/Items/0/Field").asText()).isEqualTo("OrderNumber");
    }
}
