package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingress.testsupport.Management;
import io.sluice.ingress.testsupport.RawCall;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever strangers send: nothing breaks, nothing starts, and nothing hangs. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class StrangersTest {

    private static final int SEEDS = 600;
    private static final String SECRET = "kept-to-ourselves";

    private static final List<String> METHODS = List.of(
            "POST",
            "POST",
            "POST",
            "POST",
            "GET",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "HEAD",
            "TRACE",
            "PROPFIND",
            "post",
            "P*ST");

    private static final List<String> HEADERS = List.of(
            "Content-Type: application/json",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/cloudevents-batch+json",
            "Content-Type: \u00ff\u00fe",
            "Content-Type:",
            "Content-Encoding: gzip",
            "Content-Encoding: deflate",
            "Content-Encoding: br",
            "Expect: 100-continue",
            "Expect: nonsense",
            "X-Hub-Signature-256: sha256=00",
            "X-Hub-Signature-256: sha256=",
            "X-Hub-Signature-256: sha256=zz",
            "X-Hub-Signature-256:",
            "X-GitHub-Delivery: a",
            "X-Forwarded-For: 1.2.3.4, unknown, [::1]:99",
            "X-Forwarded-For: ,,,,",
            "X-Request-Id: a b",
            "WebHook-Request-Origin: a",
            "ce-specversion: 1.0",
            "Cookie: a=b",
            "Authorization: Basic !",
            "Connection: keep-alive, upgrade",
            "Connection: close",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA",
            "Host: evil.example",
            "X-\u00e4: 1");

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void nothingBreaksNothingStartsAndNothingHangs() throws Exception {
        TestEndpoint endpoint = TestEndpoint.of("github", SECRET).deploy();
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(seed);
                int number = seed;
                calls.add(callers.submit(() -> call(endpoint, random, number)));
            }
        }
        for (Future<?> call : calls) {
            call.get(1, TimeUnit.SECONDS);
        }

        assertThat(endpoint.runs()).isZero();
        assertThat(endpoint.post("{}", "X-Hub-Signature-256", Signed.github(SECRET, "{}"))
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(Management.metric(metrics, "sluice_webhook_in_flight")).isZero();
            assertThat(Management.metric(metrics, "sluice_webhook_in_flight_bytes"))
                    .isZero();
        });
    }

    /** More than there are places for strangers. */
    @Test
    void handshakesWhoseBodyNeverComesHoldNoPlaceOfKnownSenders() {
        TestEndpoint endpoint = TestEndpoint.open();
        List<RawCall> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 120; i++) {
                strangers.add(RawCall.open()
                        .head(
                                "POST /webhook/never-given-to-anybody-" + (1_000_000 + i) + " HTTP/1.1",
                                "Host: a",
                                "Content-Type: application/x-www-form-urlencoded",
                                "Content-Length: 12"));
            }

            assertThat(Management.metric(metrics, "sluice_webhook_in_flight")).isZero();
            assertThat(endpoint.post("{}").status()).isEqualTo(202);
            List<Integer> answers = strangers.stream()
                    .map(stranger -> stranger.reply().orElseThrow().status())
                    .toList();
            assertThat(answers).isSubsetOf(404, 503);
        } finally {
            strangers.forEach(RawCall::close);
        }
    }

    private static void call(TestEndpoint endpoint, Random random, int seed) {
        try (RawCall call = RawCall.open()) {
            call.send(request(endpoint.token(), random));

            Optional<RawCall.Reply> reply = call.reply();

            reply.ifPresent(answer -> {
                assertThat(answer.status())
                        .as("seed %s: %s", seed, answer.head())
                        .isBetween(200, 499);
                assertThat(answer.status()).as("seed %s", seed).isNotEqualTo(202);
                assertThat(answer.body())
                        .as("seed %s", seed)
                        .doesNotContain("Exception")
                        .doesNotContain(SECRET);
            });
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte[] request(String token, Random random) {
        byte[] body = body(random);
        StringBuilder head = new StringBuilder()
                .append(METHODS.get(random.nextInt(METHODS.size())))
                .append(' ')
                .append(path(token, random))
                .append(random.nextInt(20) == 0 ? " HTTP/1.0" : " HTTP/1.1")
                .append("\r\nHost: a\r\n");
        for (int i = random.nextInt(6); i > 0; i--) {
            head.append(HEADERS.get(random.nextInt(HEADERS.size()))).append("\r\n");
        }
        switch (random.nextInt(40)) {
            case 0 -> head.append("X-Bomb: ").append("x".repeat(100_000)).append("\r\n");
            case 1 -> head.append("X-Bomb: x\r\n".repeat(1_000));
            case 2 -> head.append("No colon\r\n");
            case 3 -> head.append(" folded\r\n");
            default -> {}
        }
        byte[] sent = framed(head, body, random);
        byte[] whole = new byte[head.length() + sent.length];
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, whole, 0, start.length);
        System.arraycopy(sent, 0, whole, start.length, sent.length);
        return whole;
    }

    private static String path(String token, Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> "/webhook/" + token + "/runs/x";
            case 1 -> "/webhook/" + token + "?challenge=" + "a".repeat(random.nextInt(2_000));
            case 2 -> "/webhook/" + token + "?validationToken=%zz%00%ff&crc_token=%";
            case 3 -> "/webhook/" + token + "?" + "&=".repeat(random.nextInt(1_000));
            case 4 -> "/webhook/%00%ff%";
            case 5 -> "/webhook/" + token + "/";
            case 6 -> "/webhook/../webhook/" + token;
            case 7 -> "http://a/webhook/" + token;
            default -> "/webhook/" + token;
        };
    }

    private static byte[] body(Random random) {
        byte[] body = new byte[random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(200)];
        random.nextBytes(body);
        String text = switch (random.nextInt(8)) {
            case 0 -> "{\"a\":" + "[".repeat(random.nextInt(20_000));
            case 1 -> "webhook_id=1";
            case 2 -> "{\"type\":\"url_verification\",\"challenge\":\"a\"}";
            case 3 -> "[{\"specversion\":\"1.0\"}]";
            case 4 -> "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
            default -> "";
        };
        return text.isEmpty() ? body : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the head; now and then the body is not what it says. */
    private static byte[] framed(StringBuilder head, byte[] body, Random random) {
        switch (random.nextInt(30)) {
            case 0 -> head.append("Content-Length: ").append(body.length + 10).append("\r\n\r\n");
            case 1 -> head.append("Content-Length: 99999999999999999999\r\n\r\n");
            case 2 -> head.append("Content-Length: -1\r\n\r\n");
            case 3 -> head.append("Content-Length: 1\r\nContent-Length: 2\r\n\r\n");
            case 4 -> head.append("Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n");
            case 5 -> head.append("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n");
            case 6 ->
                head.append("Transfer-Encoding: gzip, chunked\r\n\r\n")
                        .append(Integer.toHexString(body.length))
                        .append("\r\n");
            case 7 -> head.append("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n");
            case 8, 9, 10 ->
                head.append("Transfer-Encoding: chunked\r\n\r\n")
                        .append(body.length == 0 ? "" : Integer.toHexString(body.length) + "\r\n");
            default -> head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        }
        return body;
    }
}
