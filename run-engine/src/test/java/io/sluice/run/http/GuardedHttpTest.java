package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.testsupport.LocalTarget;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class GuardedHttpTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final int MAX_RESPONSE = 256 * 1024;

    private final LocalTarget target = new LocalTarget();
    private final CountDownLatch end = new CountDownLatch(1);
    private final GuardedHttp http = http("127.0.0.1:" + target.port());

    private static GuardedHttp http(String... allowed) {
        OutboundLimits limits =
                new OutboundLimits(Duration.ofSeconds(2), Duration.ofSeconds(15), MAX_RESPONSE, 10_000_000);
        return new GuardedHttp(
                new VertxExchange(VERTX, new AddressGuard(List.of(allowed)), limits), InstantSource.system());
    }

    @AfterEach
    void stop() {
        end.countDown();
        target.close();
    }

    @AfterAll
    static void stopClient() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static HttpCall get(String url) {
        return call("GET", url, Map.of(), null, Duration.ofSeconds(10));
    }

    private static HttpCall call(
            String method, String url, Map<String, String> headers, @Nullable String body, Duration timeout) {
        return new HttpCall(
                method,
                url,
                headers,
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                timeout);
    }

    private static HttpFailure failure(HttpSender http, HttpCall call) {
        return catchThrowableOfType(HttpFailure.class, () -> http.send(call));
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://localhost:PORT/",
                "http://LOCALHOST:PORT/",
                "http://localhost.:PORT/",
                "http://[::1]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://2130706433:PORT/",
                "http://0177.0.0.1:PORT/",
                "http://0x7f.1:PORT/",
                "http://0x7f000001:PORT/",
                "http://127.1:PORT/",
                "http://127.0.0.1.:PORT/",
                "http://0.0.0.0:PORT/",
                "http://[::]:PORT/",
                "http://0:PORT/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://192.168.1.1/",
                "http://[fd00::1]/",
                "http://[fe80::1]/",
                "http://[64:ff9b::7f00:1]/",
                "https://127.0.0.1:PORT/"
            })
    void addressThatIsNotPublicIsNotCalled(String url) {
        target.on("/", 200, "reached");

        HttpFailure failure = failure(http(), get(url.replace("PORT", String.valueOf(target.port()))));

        assertThat(failure.reason()).isIn(HttpFailure.Reason.BLOCKED_ADDRESS, HttpFailure.Reason.INVALID_URL);
        assertThat(target.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "gopher://127.0.0.1:PORT/",
                "jar:file:/a!/b",
                "data:,x",
                "http:///path",
                "//127.0.0.1:PORT/",
                "/path",
                "127.0.0.1:PORT",
                "",
                "http://",
                "http://exa mple.com/",
                "http://user@127.0.0.1:PORT/",
                "http://user:pass@127.0.0.1:PORT/",
                "http://@127.0.0.1:PORT/",
                "http://127.0.0.1:PORT\\@example.com/",
                "http://127.0.0.1:PORT/\r\nX-Evil: 1",
                "http://①②⑦.0.0.1/",
                "http://127.0.0.1:99999/"
            })
    void whatIsNoPlainHttpUrlIsNotCalled(String url) {
        target.on("/", 200, "reached");

        HttpFailure failure = failure(http, get(url.replace("PORT", String.valueOf(target.port()))));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.INVALID_URL);
        assertThat(target.seen()).isEmpty();
    }

    @Test
    void allowedTargetIsCalledWithPathQueryHeadersAndBody() {
        target.on("/", exchange -> {
            exchange.getResponseHeaders().add("X-One", "a");
            exchange.getResponseHeaders().add("X-One", "b");
            LocalTarget.send(exchange, 201, "made");
        });

        HttpAnswer answer = http.send(call(
                "POST",
                target.url("/a%2Fb/c?x=%20y&z=1%2B1"),
                Map.of("X-Mine", "1", "Content-Type", "text/plain"),
                "hällo",
                Duration.ofSeconds(10)));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(text(answer)).isEqualTo("made");
        assertThat(answer.headers()).containsEntry("x-one", "a, b");
        assertThat(target.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.uri().toString()).isEqualTo("/a%2Fb/c?x=%20y&z=1%2B1");
            assertThat(seen.header("x-mine")).contains("1");
            assertThat(seen.body()).isEqualTo("hällo");
        });
    }

    @Test
    void nameStaysInTheHostHeader() {
        target.on("/", 200, "ok");

        http.send(get("http://localhost:" + target.port() + "/"));

        assertThat(target.seen())
                .singleElement()
                .satisfies(seen -> assertThat(seen.header("host")).contains("localhost:" + target.port()));
    }

    @Test
    void headersOfOneHopAndForgedHostsAreNotSent() {
        target.on("/", 200, "ok");

        http.send(call(
                "GET",
                target.url("/"),
                Map.of("Host", "evil.example", "Connection", "close", "TE", "trailers", "Transfer-Encoding", "chunked"),
                null,
                Duration.ofSeconds(10)));

        assertThat(target.seen()).singleElement().satisfies(seen -> {
            assertThat(seen.header("host")).contains("127.0.0.1:" + target.port());
            assertThat(seen.header("te")).isEmpty();
            assertThat(seen.header("transfer-encoding")).isEmpty();
        });
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() {
        target.on("/from", exchange -> {
            exchange.getResponseHeaders().add("Location", target.url("/to"));
            LocalTarget.send(exchange, 302, "");
        });
        target.on("/to", 200, "reached");

        HttpAnswer answer = http.send(get(target.url("/from")));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers()).containsEntry("location", target.url("/to"));
        assertThat(target.seen("/to")).isEmpty();
    }

    @Test
    void responseUpToTheLimitArrivesAndALargerOneIsCutOff() {
        target.on("/exact", exchange -> LocalTarget.send(exchange, 200, new byte[MAX_RESPONSE]));
        target.on("/more", exchange -> LocalTarget.send(exchange, 200, new byte[MAX_RESPONSE + 1]));

        assertThat(http.send(get(target.url("/exact"))).body()).hasSize(MAX_RESPONSE);
        assertThat(failure(http, get(target.url("/more"))).reason()).isEqualTo(HttpFailure.Reason.TOO_LARGE);
    }

    @Test
    void endlessResponseIsCutOff() {
        target.on("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[64 * 1024];
            for (int i = 0; i < 5_000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        });

        assertThat(failure(http, get(target.url("/"))).reason()).isEqualTo(HttpFailure.Reason.TOO_LARGE);
    }

    @Test
    void compressedResponseArrivesAsWhatItHolds() {
        target.on("/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).contains("gzip");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            LocalTarget.send(exchange, 200, gzip("{\"n\": 1}".getBytes(StandardCharsets.UTF_8)));
        });

        assertThat(text(http.send(get(target.url("/"))))).isEqualTo("{\"n\": 1}");
    }

    @Test
    void smallResponseThatUnpacksToALargeOneIsCutOff() {
        target.on("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            LocalTarget.send(exchange, 200, gzip(new byte[50 * 1024 * 1024]));
        });

        assertThat(failure(http, get(target.url("/"))).reason()).isEqualTo(HttpFailure.Reason.TOO_LARGE);
    }

    @Test
    void targetThatSendsByteByByteIsEndedByTheCallsTime() {
        target.on("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100 && !ended(); i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });

        HttpFailure failure = failure(http, call("GET", target.url("/"), Map.of(), null, Duration.ofMillis(1_500)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
        assertThat(failure.sent()).isNotNull();
    }

    @Test
    void silentTargetIsEndedByTheReadTimeout() {
        target.on("/", exchange -> {
            while (!ended()) {
                Thread.onSpinWait();
            }
        });
        OutboundLimits limits =
                new OutboundLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), MAX_RESPONSE, 10_000_000);
        GuardedHttp impatient = new GuardedHttp(
                new VertxExchange(VERTX, new AddressGuard(List.of("127.0.0.1")), limits), InstantSource.system());

        HttpFailure failure = failure(impatient, call("GET", target.url("/"), Map.of(), null, Duration.ofSeconds(18)));

        assertThat(failure.reason()).isIn(HttpFailure.Reason.TIMEOUT, HttpFailure.Reason.COMMUNICATION);
    }

    @Test
    void targetThatBreaksOffIsACommunicationFailure() {
        target.on("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('x');
            throw new IOException("broken off by the test");
        });

        assertThat(failure(http, get(target.url("/"))).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
    }

    @Test
    void refusedConnectionIsACommunicationFailure() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        HttpFailure failure = failure(http("127.0.0.1"), get("http://127.0.0.1:" + free + "/"));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        assertThat(failure.sent()).isNotNull();
    }

    @Test
    void nameThatDoesNotResolveIsACommunicationFailure() {
        assertThat(failure(http, get("http://nowhere.invalid/")).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
    }

    @Test
    void interruptEndsACall() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        target.on("/", exchange -> {
            arrived.countDown();
            while (!ended()) {
                Thread.onSpinWait();
            }
        });
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                http.send(get(target.url("/")));
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(Duration.ofSeconds(10));

        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    }

    @Test
    void allowedNameDoesNotAllowItsAddress() {
        target.on("/", 200, "ok");
        GuardedHttp byName = http("localhost:" + target.port());

        assertThat(byName.send(get("http://localhost:" + target.port() + "/")).status())
                .isEqualTo(200);
        assertThat(failure(byName, get(target.url("/"))).reason()).isEqualTo(HttpFailure.Reason.BLOCKED_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: 1\r\nX-Evil", "X A", "X-Ä", ":path", "", "X-A:"})
    void nameThatNoHeaderCanHaveReachesNobody(String name) {
        target.on("/", 200, "ok");

        HttpFailure failure =
                failure(http, call("GET", target.url("/"), Map.of(name, "1"), null, Duration.ofSeconds(10)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.INVALID_REQUEST);
        assertThat(target.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000", "a嘍嘊X-Evil: 1", "a\u007f", "a\u0085b"})
    void valueThatNoHeaderCanCarryReachesNobody(String value) {
        target.on("/", 200, "ok");

        HttpFailure failure =
                failure(http, call("GET", target.url("/"), Map.of("X-A", value), null, Duration.ofSeconds(10)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("X-A").hasMessageNotContaining("Evil");
        assertThat(target.seen()).isEmpty();
    }

    /** Looks whether the test is over, a fifth of a second at most. */
    private boolean ended() {
        try {
            return end.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }
}
