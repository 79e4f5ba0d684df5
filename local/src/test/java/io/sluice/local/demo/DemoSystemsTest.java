package io.sluice.local.demo;

import static io.sluice.local.demo.RunningDemo.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSystemsTest {

    @TempDir
    private static Path parent;

    private final Path directory = parent.resolve(Long.toString(System.nanoTime()));

    @Test
    void whatIsKnownSurvivesARestart() {
        JsonNode before;
        try (var demo = demo()) {
            demo.post("/warehouse/stock", "{\"sku\": \"A-100\", \"quantity\": 7}");
            demo.woo("PUT", "products/12", "{\"stock_quantity\": 1}");
            demo.post("/shop/orders", "{\"lines\": [{\"sku\": \"A-100\", \"quantity\": 2}]}");
            demo.woo(
                    "POST",
                    "webhooks",
                    "{\"topic\": \"order.created\", \"delivery_url\": \"http://127.0.0.1:1/\", \"status\":"
                            + " \"active\"}");
            before = demo.state();
        }

        try (var demo = demo()) {
            JsonNode after = demo.state();
            assertThat(after.path("warehouse")).isEqualTo(before.path("warehouse"));
            assertThat(after.at("/shop/products")).isEqualTo(before.at("/shop/products"));
            assertThat(after.at("/shop/orders")).isEqualTo(before.at("/shop/orders"));
            assertThat(after.at("/shop/webhooks")).isEqualTo(before.at("/shop/webhooks"));
            assertThat(after.at("/shop/deliveries")).isEqualTo(before.at("/shop/deliveries"));
        }
    }

    @Test
    void aDeliveryUnderWayIsSettledByARestart() {
        try (var receiver = new RecordingReceiver();
                var demo = demo()) {
            receiver.answerNext(500);
            demo.warehouse("PUT", "/warehouse/webhook", "{\"url\": \"" + receiver.url("/") + "\"}");
            demo.post("/warehouse/stock", "{\"sku\": \"A-100\", \"quantity\": 7}");
        }

        try (var demo = demo()) {
            assertThat(demo.state().at("/warehouse/deliveries/0/outcome").asText())
                    .isIn("failed", "delivered");
        }
    }

    @Test
    void aStateThatCannotBeReadIsNotOverwritten() throws IOException {
        Files.createDirectories(directory);
        Path file = Files.writeString(directory.resolve("demo-systems.json"), "{\"warehouse\": 1}");

        assertThatThrownBy(() -> DemoSystems.start(0, directory, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete " + file);
        assertThat(file).hasContent("{\"warehouse\": 1}");
    }

    @Test
    void concurrentChangesAreAllKept() {
        try (var demo = demo()) {
            IntStream.range(0, 40)
                    .parallel()
                    .forEach(_ -> demo.post("/shop/orders", "{\"lines\": [{\"sku\": \"A-100\", \"quantity\": 1}]}"));
        }

        try (var demo = demo()) {
            assertThat(demo.state().at("/shop/orders")).hasSize(40);
        }
    }

    @Test
    void thePageTellsTheDifferencesAndEscapesWhatCameIn() {
        try (var demo = demo()) {
            demo.form("/shop/orders", "sku=A-100&quantity=1&email=a%40b.example");
            String order = """
                {"Customer": {"CustomerCode": "WEB"}, "CustomerRef": "<script>alert(1)</script>",
                 "OrderStatus": "Placed", "ExchangeRate": 1, "Tax": {"TaxCode": "NONE"}, "SubTotal": 1,
                 "TaxTotal": 0, "Total": 1, "SalesOrderLines": [{"LineNumber": 1, "OrderQuantity": 1,
                   "Product": {"ProductCode": "A-100"}, "UnitPrice": 1, "LineTotal": 1}]}
                """;
            assertThat(demo.unleashed("POST", "SalesOrders", "", order).statusCode())
                    .isEqualTo(201);

            HttpResponse<String> page = demo.get("/");

            assertThat(page.body())
                    .contains("3 of 6 products differ", "shop shows 13 too few", "&lt;script&gt;alert(1)")
                    .doesNotContain("<script>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
            assertThat(demo.get("/demo.css").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFormLeadsBackToThePageOrSaysWhyNot() {
        try (var demo = demo()) {
            HttpResponse<String> done = demo.form("/warehouse/stock", "sku=A-100&quantity=3");
            HttpResponse<String> wrong = demo.form("/warehouse/stock", "sku=%3Cb%3E&quantity=3");

            assertThat(done.statusCode()).isEqualTo(303);
            assertThat(done.headers().firstValue("Location")).contains("/");
            assertThat(wrong.statusCode()).isEqualTo(404);
            assertThat(wrong.body()).contains("no product", "&lt;b&gt;");
        }
    }

    @Test
    void thePageKeepsTheSecretThatIsNotTypedAgain() {
        try (var demo = demo()) {
            demo.form("/warehouse/webhook", "url=http%3A%2F%2F127.0.0.1%3A1%2Fa&secret=whsec_c2VjcmV0");
            demo.form("/warehouse/webhook", "url=http%3A%2F%2F127.0.0.1%3A1%2Fb&secret=");

            assertThat(demo.warehouse("GET", "/warehouse/webhook", "").body())
                    .isEqualTo("{\"url\":\"http://127.0.0.1:1/b\",\"secret\":\"whsec_c2VjcmV0\"}");

            demo.form("/warehouse/webhook", "url=http%3A%2F%2F127.0.0.1%3A1%2Fb&secret=&unsigned=on");

            assertThat(demo.warehouse("GET", "/warehouse/webhook", "").body()).contains("\"secret\":null");
        }
    }

    @Test
    void otherSitesPagesMayNotUseTheForms() {
        try (var demo = demo()) {
            HttpResponse<String> answer = demo.send(
                    "POST",
                    "/warehouse/stock",
                    "sku=A-100&quantity=3",
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Sec-Fetch-Site",
                    "cross-site");

            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void badRequestsGetPlainAnswers() {
        try (var demo = demo()) {
            assertThat(json(demo.get("/nowhere")).path("error").asText()).contains("/nowhere");
            HttpResponse<String> wrongMethod = demo.send("DELETE", "/state", "");
            assertThat(wrongMethod.statusCode()).isEqualTo(405);
            assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET");
            assertThat(demo.post("/shop/orders", "x".repeat(1024 * 1024 + 1)).statusCode())
                    .isEqualTo(413);
            assertThat(demo.get("/echo?delay=soon").statusCode()).isEqualTo(400);
        }
    }

    private RunningDemo demo() {
        return RunningDemo.in(directory, InstantSource.system());
    }
}
