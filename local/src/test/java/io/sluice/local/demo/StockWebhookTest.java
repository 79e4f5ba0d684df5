package io.sluice.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StockWebhookTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String TOKEN = "0123456789abcdefghijklmnopqrstuv";

    private final RecordingReceiver receiver = new RecordingReceiver();
    private RunningDemo demo;

    @BeforeEach
    void start(@TempDir Path directory) {
        demo = RunningDemo.in(directory, InstantSource.fixed(NOW));
        listen("\"" + SECRET + "\"");
    }

    @AfterEach
    void stop() {
        demo.close();
        receiver.close();
    }

    @Test
    void aChangeOfStockIsSentSigned() throws JsonProcessingException {
        change("A-100", 7);

        RecordingReceiver.Received sent = receiver.next();
        JsonNode body = DemoJson.MAPPER.readTree(sent.body());
        assertThat(body.path("type").asText()).isEqualTo("stock.changed");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-03-01T10:00:00.000Z");
        assertThat(body.path("data"))
                .hasToString("{\"sku\":\"A-100\",\"description\":\"Enamel mug, white\",\"quantity\":7}");
        assertThat(sent.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(sent.header("webhook-signature"))
                .isEqualTo(Signatures.standardWebhooks(
                        SECRET, sent.header("webhook-id"), NOW.getEpochSecond(), sent.body()));
    }

    @Test
    void withoutASecretItIsSentUnsigned() {
        listen("null");

        change("A-100", 7);

        assertThat(receiver.next().headers()).containsKey("webhook-id").doesNotContainKey("webhook-signature");
    }

    @Test
    void aFailedDeliveryIsRepeatedUnderTheSameId() {
        receiver.answerNext(503, 500);

        change("A-100", 7);

        String id = receiver.next().header("webhook-id");
        assertThat(receiver.next().header("webhook-id")).isEqualTo(id);
        assertThat(receiver.next().header("webhook-id")).isEqualTo(id);
        demo.await(() -> delivery().path("outcome").asText().equals("delivered"));
        assertThat(delivery().path("attempts").asInt()).isEqualTo(3);
        assertThat(delivery().path("status").asInt()).isEqualTo(200);
        assertThat(delivery().path("answer").asText()).isEqualTo("noted");
    }

    @Test
    void afterFiveAttemptsItGivesUp() {
        receiver.answerNext(500, 500, 500, 500, 500);

        change("A-100", 7);

        demo.await(() -> delivery().path("outcome").asText().equals("failed"));
        assertThat(delivery().path("attempts").asInt()).isEqualTo(5);
        assertThat(receiver.waiting()).isEqualTo(5);
    }

    @Test
    void aReceiverThatIsAwayIsToldInWords() {
        receiver.close();

        change("A-100", 7);

        demo.await(() -> delivery().path("outcome").asText().equals("failed"));
        assertThat(delivery().path("status").isNull()).isTrue();
        assertThat(delivery().path("answer").asText()).contains("Connect");
    }

    @Test
    void changesArriveInTheirOrder() {
        for (int quantity = 1; quantity <= 20; quantity++) {
            change("A-100", quantity);
        }

        for (int quantity = 1; quantity <= 20; quantity++) {
            assertThat(receiver.next().body()).contains("\"quantity\":" + quantity + "}");
        }
    }

    @Test
    void theTokenInTheUrlIsNotShown() {
        change("A-100", 7);
        demo.await(() -> delivery().path("outcome").asText().equals("delivered"));

        assertThat(delivery().path("url").asText()).endsWith("/webhook/0123…");
        assertThat(demo.state().toString()).doesNotContain(TOKEN).doesNotContain(SECRET);
    }

    private void listen(String secret) {
        String target = "{\"url\": \"%s\", \"secret\": %s}".formatted(receiver.url("/webhook/" + TOKEN), secret);
        assertThat(demo.warehouse("PUT", "/warehouse/webhook", target).statusCode())
                .isEqualTo(200);
    }

    private void change(String sku, int quantity) {
        demo.post("/warehouse/stock", "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity));
    }

    private JsonNode delivery() {
        return demo.state().at("/warehouse/deliveries/0");
    }
}
