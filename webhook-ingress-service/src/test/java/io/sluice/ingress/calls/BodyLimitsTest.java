package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sluice.ingress.testsupport.Management;
import io.sluice.ingress.testsupport.RawCall;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.TestEndpoint;
import io.sluice.ingress.testsupport.Traffic;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How much, how long, and how whole a body may be. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class BodyLimitsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final byte[] KILOBYTE = "x".repeat(1024).getBytes(StandardCharsets.UTF_8);

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    private static String post(TestEndpoint endpoint) {
        return "POST /webhook/" + endpoint.token() + " HTTP/1.1";
    }

    @Test
    void announcedBodyThatIsTooLargeIsRefusedBeforeItComes() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMaxBody(1_000).deploy();

        try (RawCall call = RawCall.open()) {
            call.head(post(endpoint), "Host: a", "Content-Type: text/plain", "Content-Length: 5000000");

            assertThat(call.reply().orElseThrow().status()).isEqualTo(413);
            assertThat(call.isClosedWithin(SOON)).isTrue();
        }
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void announcedBodyThatIsTooLargeForAnyEndpointIsRefusedInTheSameShape() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").withMaxBody(10 * 1024 * 1024).deploy();

        try (RawCall call = RawCall.open()) {
            call.head(post(endpoint), "Host: a", "Content-Type: text/plain", "Content-Length: 20000000");

            RawCall.Reply reply = call.reply().orElseThrow();
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.head()).contains("application/problem+json");
            assertThat(call.isClosedWithin(SOON)).isTrue();
        }
        assertThat(Traffic.of(endpoint).newest("refused").getInt("call.status")).isEqualTo(413);
    }

    @Test
    void internalApiTakesNoLargeBodyEither() {
        try (RawCall call = RawCall.open()) {
            call.head("POST /internal/v1/webhooks/x/test-call HTTP/1.1", "Host: a", "Content-Length: 20000000");

            assertThat(call.reply().orElseThrow().status()).isEqualTo(413);
        }
    }

    @Test
    void callerThatAsksFirstIsToldSoBeforeItSends() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMaxBody(1_000).deploy();

        try (RawCall large = RawCall.open();
                RawCall small = RawCall.open()) {
            large.head(post(endpoint), "Host: a", "Content-Length: 1001", "Expect: 100-continue");
            small.head(post(endpoint), "Host: a", "Content-Length: 2", "Expect: 100-continue")
                    .send("{}");

            assertThat(large.reply().orElseThrow().status()).isEqualTo(413);
            assertThat(small.reply().orElseThrow().status()).isEqualTo(202);
        }
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void bodyWithoutLengthIsCutOffWhereItBecomesTooLarge() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMaxBody(10_000).deploy();

        try (RawCall call = RawCall.open()) {
            call.head(post(endpoint), "Host: a", "Transfer-Encoding: chunked");
            for (int i = 0; i < 11; i++) {
                call.chunk(KILOBYTE);
            }

            // Its end never comes, and is not waited for.
            assertThat(call.reply().orElseThrow().status()).isEqualTo(413);
            assertThat(call.isClosedWithin(SOON)).isTrue();
        }
        assertThat(endpoint.runs()).isZero();
        assertThat(Traffic.of(endpoint).newest("refused").getString("call.reason"))
                .contains("10000");
    }

    @Test
    void bodyWithoutLengthIsTakenUpToTheLimit() {
        TestEndpoint endpoint = TestEndpoint.of("none").withMaxBody(10_240).deploy();

        try (RawCall call = RawCall.open()) {
            call.head(post(endpoint), "Host: a", "Transfer-Encoding: chunked", "Content-Type: text/plain");
            for (int i = 0; i < 10; i++) {
                call.chunk(KILOBYTE);
            }
            call.chunk(new byte[0]);

            assertThat(call.reply().orElseThrow().status()).isEqualTo(202);
        }
        assertThat(Traffic.of(endpoint).newest("accepted").getInt("call.bodyBytes"))
                .isEqualTo(10_240);
    }

    @Test
    void lengthThatNoNumberHoldsIsTooLargeAndNotNothing() {
        TestEndpoint endpoint = TestEndpoint.open();

        for (String length : List.of("9223372036854775807", "1000000000000000000")) {
            try (RawCall call = RawCall.open()) {
                call.head(post(endpoint), "Host: a", "Content-Type: text/plain", "Content-Length: " + length)
                        .send("{}");

                assertThat(call.reply().orElseThrow().status()).as(length).isEqualTo(413);
            }
        }
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void slowBodyIsToldSoAndItsConnectionIsClosed() {
        TestEndpoint endpoint = TestEndpoint.open();

        try (RawCall announced = RawCall.open();
                RawCall chunked = RawCall.open()) {
            announced.head(post(endpoint), "Host: a", "Content-Length: 100").send("{");
            chunked.head(post(endpoint), "Host: a", "Transfer-Encoding: chunked")
                    .chunk(KILOBYTE);

            assertThat(announced.reply().orElseThrow().status()).isEqualTo(408);
            assertThat(chunked.reply().orElseThrow().status()).isEqualTo(408);
            // Or slow callers would collect connections.
            assertThat(announced.isClosedWithin(SOON)).isTrue();
            assertThat(chunked.isClosedWithin(SOON)).isTrue();
        }
        assertThat(endpoint.runs()).isZero();
        assertThat(Traffic.of(endpoint).newest("refused", 2).getInt("call.status"))
                .isEqualTo(408);
        noPlaceIsLeft();
    }

    @Test
    void callerThatGoesAwayHalfWayLeavesNothing() {
        TestEndpoint endpoint = TestEndpoint.open();
        for (int i = 0; i < 20; i++) {
            try (RawCall call = RawCall.open()) {
                call.head(post(endpoint), "Host: a", "Content-Length: 5000").send(KILOBYTE);
            }
            try (RawCall call = RawCall.open()) {
                call.head(post(endpoint), "Host: a", "Transfer-Encoding: chunked")
                        .chunk(KILOBYTE)
                        .send("40\r\nhalf");
            }
        }

        noPlaceIsLeft();
        assertThat(endpoint.post("{}").status()).isEqualTo(202);
        assertThat(Traffic.of(endpoint).newest("accepted").getInt("call.bodyBytes"))
                .isEqualTo(2);
        // On a busy machine the deadline may be over before the service sees that the caller has gone: then it says
        // 408.
        assertThat(Traffic.of(endpoint).calls().getList("items.reason").stream().filter(Objects::nonNull))
                .allMatch("the body did not come in time"::equals);
        assertThat(Traffic.of(endpoint).calls().getList("items.findAll { it.outcome == 'accepted' }"))
                .hasSize(1);
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void callerThatDoesNotReadItsAnswerHoldsNoPlace() {
        TestEndpoint endpoint = TestEndpoint.open();
        for (int i = 0; i < 20; i++) {
            try (RawCall call = RawCall.open()) {
                call.head(post(endpoint), "Host: a", "Content-Length: 2").send("{}");
            }
        }

        noPlaceIsLeft();
    }

    @Test
    void brokenChunksStartNoRun() {
        TestEndpoint endpoint = TestEndpoint.open();

        for (String broken : List.of("zz\r\nab\r\n0\r\n\r\n", "-1\r\n\r\n", "2\r\nabcd\r\n0\r\n\r\n")) {
            try (RawCall call = RawCall.open()) {
                call.head(post(endpoint), "Host: a", "Transfer-Encoding: chunked")
                        .send(broken);

                call.reply().ifPresent(reply -> assertThat(reply.status()).isBetween(400, 499));
            }
        }
        assertThat(endpoint.runs()).isZero();
        noPlaceIsLeft();
    }

    @Test
    void announcedBodiesTakeNoMemoryBeforeTheyCome() {
        TestEndpoint endpoint =
                TestEndpoint.of("none").withMaxBody(10 * 1024 * 1024).deploy();
        List<RawCall> calls = new ArrayList<>();
        long before = used();
        try {
            for (int i = 0; i < 40; i++) {
                calls.add(RawCall.open()
                        .head(post(endpoint), "Host: a", "Content-Length: 10000000")
                        .send("x"));
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(Management.metric(metrics, "sluice_webhook_in_flight"))
                            .isGreaterThanOrEqualTo(40));

            assertThat(used() - before).isLessThan(200_000_000);
        } finally {
            calls.forEach(RawCall::close);
        }
        noPlaceIsLeft();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void bodyWithoutLengthIsReadOverHttp2Too() throws Exception {
        TestEndpoint endpoint = TestEndpoint.open();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            for (int i = 0; i < 2; i++) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + RestAssured.port + "/webhook/" + endpoint.token()))
                        .timeout(SOON)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(KILOBYTE)))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(202);
            }
        }

        assertThat(Traffic.of(endpoint).newest("accepted", 2).getString("body")).hasSize(1024);
        assertThat(Traffic.of(endpoint).calls().getList("items.bodyBytes")).containsOnly(1024);
    }

    private void noPlaceIsLeft() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(Management.metric(metrics, "sluice_webhook_in_flight")).isZero();
            assertThat(Management.metric(metrics, "sluice_webhook_in_flight_bytes"))
                    .isZero();
        });
    }
}
