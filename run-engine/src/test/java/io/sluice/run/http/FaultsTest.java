package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.run.testsupport.RawTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that misbehave. Each call ends, as what it is, and is made once. */
@Timeout(60)
class FaultsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NAME = "shop.example";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final AtomicInteger resolved = new AtomicInteger();
    private final AtomicReference<String> address = new AtomicReference<>("127.0.0.1");
    private final VertxExchange exchange = exchange(Duration.ofSeconds(40));
    private final GuardedHttp http = new GuardedHttp(exchange, InstantSource.system());

    @AfterAll
    static void stopClient() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private VertxExchange exchange(Duration readTimeout) {
        OutboundLimits limits = new OutboundLimits(Duration.ofSeconds(10), readTimeout, 100_000, 1_000_000);
        return new VertxExchange(VERTX, new AddressGuard(List.of("127.0.0.1")), limits, this::resolve, null);
    }

    private Future<InetAddress> resolve(String name) {
        resolved.incrementAndGet();
        try {
            return Future.succeededFuture(InetAddress.getByName(address.get()));
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
    }

    private static HttpCall call(RawTarget target, String method, Duration timeout) {
        byte[] body = method.equals("POST") ? "write".getBytes(StandardCharsets.UTF_8) : null;
        return new HttpCall(method, target.url(NAME), Map.of(), body, Optional.empty(), timeout);
    }

    private HttpFailure failure(RawTarget target, Duration timeout) {
        return catchThrowableOfType(HttpFailure.class, () -> http.send(call(target, "POST", timeout)));
    }

    private void assertAllMemoryIsFree() {
        await().untilAsserted(() -> assertThat(exchange.budget().free()).isEqualTo(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
    void targetThatHangsIsEndedByTheCallsTime(String beforeIt) throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write(beforeIt);
            connection.hang();
        })) {
            assertThat(failure(target, Duration.ofSeconds(1)).reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
            assertThat(target.requests()).hasSize(1);
        }
        assertAllMemoryIsFree();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"})
    void silenceIsEndedByTheReadTimeout(String beforeIt) throws Exception {
        GuardedHttp impatient = new GuardedHttp(exchange(Duration.ofSeconds(1)), InstantSource.system());
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write(beforeIt);
            connection.hang();
        })) {
            HttpFailure failure = catchThrowableOfType(
                    HttpFailure.class, () -> impatient.send(call(target, "POST", Duration.ofMinutes(5))));

            assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
            // Vert.x' own words have the URL, and with it perhaps a key.
            assertThat(failure).hasMessageContaining("nothing came").hasMessageNotContaining(NAME);
        }
    }

    @Test
    void targetThatSendsAByteASecondIsEndedByTheCallsTime() throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (!connection.pause(1_000)) {
                connection.write("x");
            }
        })) {
            assertThat(failure(target, Duration.ofSeconds(3)).reason()).isEqualTo(HttpFailure.Reason.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
            })
    void resetIsACommunicationFailureAndTheWriteIsNotRepeated(String beforeIt) throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write(beforeIt);
            connection.reset();
        })) {
            assertThat(failure(target, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
            assertThat(target.requests()).hasSize(1);
        }
        assertAllMemoryIsFree();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is not HTTP at all\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhalf\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhalf\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshorter than it says",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 22\r\n\r\nthis is no gzip at all"
            })
    void garbageIsACommunicationFailure(String answer) throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write(answer);
        })) {
            assertThat(failure(target, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
            assertThat(target.requests()).hasSize(1);
        }
        assertAllMemoryIsFree();
    }

    @Test
    void bodyLongerThanItSaysIsCutAndSpoilsNoLaterCall() throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            while (connection.read()) {
                connection.write(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            }
        })) {
            for (int i = 0; i < 3; i++) {
                try (HttpAnswer answer = http.send(call(target, "GET", Duration.ofSeconds(30)))) {
                    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                            .isEqualTo("ok");
                } catch (HttpFailure e) {
                    // The surplus may close the connection under the next call, but is never taken for its answer.
                    assertThat(e.reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
                }
            }
        }
    }

    @Test
    void hugeHeadersAreACommunicationFailure() throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 2_000; i++) {
                connection.write("X-" + i + ": " + "y".repeat(1_000) + "\r\n");
            }
            connection.write("Content-Length: 0\r\n\r\n");
        })) {
            assertThat(failure(target, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        }
        assertAllMemoryIsFree();
    }

    @Test
    void connectionThatIsClosedBetweenCallsIsReplaced() throws Exception {
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write(OK);
        })) {
            http.send(call(target, "POST", Duration.ofSeconds(30))).close();
            // Until its end is seen, a closed connection may still be taken; that call fails and is not repeated.
            await().ignoreExceptions().until(() -> {
                http.send(call(target, "GET", Duration.ofSeconds(30))).close();
                return true;
            });

            assertThat(target.connections()).isGreaterThan(1);
        }
    }

    @Test
    void writeOnAConnectionThatIsClosedUnderItIsMadeOnce() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            while (connection.read()) {
                if (calls.incrementAndGet() > 1) {
                    // Received, and perhaps done: nobody can know.
                    return;
                }
                connection.write(OK);
            }
        })) {
            http.send(call(target, "POST", Duration.ofSeconds(30))).close();

            assertThat(failure(target, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
            assertThat(target.requests()).hasSize(2);
        }
    }

    @Test
    void addressThatWasCheckedIsTheOneThatIsConnectedTo() throws Exception {
        try (RawTarget checked = new RawTarget("127.0.0.1", connection -> {
                    while (connection.read()) {
                        connection.write(OK);
                    }
                });
                RawTarget other = new RawTarget("127.0.0.2", connection -> connection.read())) {
            http.send(call(checked, "GET", Duration.ofSeconds(30))).close();
            assertThat(resolved).hasValue(1);
            assertThat(checked.requests()).singleElement().asString().contains("host: " + NAME);

            // The name moves: what the pool has under it must not be used, nor the new address without a check.
            address.set("127.0.0.2");
            assertThat(failure(checked, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.BLOCKED_ADDRESS);
            assertThat(failure(other, Duration.ofSeconds(30)).reason()).isEqualTo(HttpFailure.Reason.BLOCKED_ADDRESS);
            assertThat(checked.requests()).hasSize(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void cancelEndsACallThatHangs() throws Exception {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> {
            connection.read();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            connection.hang();
        })) {
            Thread caller = Thread.startVirtualThread(() -> {
                try {
                    http.send(call(target, "POST", Duration.ofMinutes(5))).close();
                } catch (RuntimeException e) {
                    thrown.set(e);
                }
            });
            await().until(() -> target.requests().size() == 1);

            caller.interrupt();
            caller.join(Duration.ofSeconds(30));

            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        }
        assertAllMemoryIsFree();
    }

    @Test
    void callThatFindsNoMemoryWaitsUntilItIsCancelledOrOutOfTime() throws IOException {
        BodyBudget.Share all = exchange.budget().share(10_000_000);
        try (RawTarget target = new RawTarget("127.0.0.1", connection -> connection.read())) {
            assertThat(failure(target, Duration.ofMillis(50)).reason()).isEqualTo(HttpFailure.Reason.NO_ROOM);

            Thread.currentThread().interrupt();
            assertThat(catchThrowableOfType(
                            CancellationException.class, () -> http.send(call(target, "GET", Duration.ofMinutes(5)))))
                    .isNotNull();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(target.connections()).isZero();
        } finally {
            all.close();
        }
        assertAllMemoryIsFree();
    }
}
