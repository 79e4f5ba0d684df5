package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.testsupport.LocalTarget;
import io.sluice.run.testsupport.MovableClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AccessTokensTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final int CALLERS = 8;

    private final LocalTarget target = new LocalTarget();
    private final AtomicInteger answered = new AtomicInteger();
    private final GuardedHttp http = new GuardedHttp(
            new VertxExchange(
                    VERTX,
                    new AddressGuard(List.of("127.0.0.1")),
                    new OutboundLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1_000_000, 10_000_000)),
            new MovableClock(Instant.parse("2026-11-24T05:55:00Z")));
    private final Credential credential = new Credential(
            UUID.randomUUID(),
            ConnectionKind.OAUTH2_CLIENT_CREDENTIALS,
            Map.of("tokenUrl", target.url("/token"), "clientId", "client"),
            Map.of("clientSecret", "s3cr/t"));

    @AfterEach
    void stop() {
        target.close();
    }

    @AfterAll
    static void stopClient() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpFailure failure(int status) {
        answered.set(status);
        return catchThrowableOfType(
                HttpFailure.class,
                () -> http.send(new HttpCall(
                        "GET", target.url("/api"), Map.of(), null, Optional.of(credential), Duration.ofSeconds(10))));
    }

    @Test
    void tokenEndpointThatIsAwayForAWhileIsNoFaultOfTheConnection() {
        target.on("/token", exchange -> LocalTarget.send(exchange, answered.get(), "{}"));

        assertThat(failure(503).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        assertThat(failure(429).reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        assertThat(failure(401).reason()).isEqualTo(HttpFailure.Reason.CREDENTIAL);
    }

    @Test
    void tokenThatWasRevokedIsReplacedOnceForAllCallersTogether() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        target.on("/token", exchange -> LocalTarget.send(exchange, 200, token(tokens.incrementAndGet())));
        target.on("/api", exchange -> {
            boolean revoked = "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (revoked) {
                meet(together);
            }
            LocalTarget.send(exchange, revoked ? 401 : 200, "x");
        });

        List<Future<HttpAnswer>> answers = callAtOnce(Duration.ofSeconds(10));

        for (Future<HttpAnswer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        assertThat(target.seen("/token")).hasSize(2);
    }

    @Test
    void callersThatWaitForATokenKeepTheirOwnTime() {
        CountDownLatch never = new CountDownLatch(1);
        target.on("/token", exchange -> {
            try {
                never.await(15, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long before = System.nanoTime();

        callAtOnce(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        never.countDown();
    }

    @Test
    void lifeOfATokenMayBeWrittenAsText() {
        target.on("/token", 200, "{\"access_token\": \"t\", \"expires_in\": \"3600\"}");
        target.on("/api", 200, "ok");

        http.send(call(Duration.ofSeconds(10)));
        http.send(call(Duration.ofSeconds(10)));

        assertThat(target.seen("/token")).hasSize(1);
    }

    private HttpCall call(Duration timeout) {
        return new HttpCall("GET", target.url("/api"), Map.of(), null, Optional.of(credential), timeout);
    }

    /** Each on a thread of its own; returns when all are over. */
    private List<Future<HttpAnswer>> callAtOnce(Duration timeout) {
        List<Future<HttpAnswer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                answers.add(threads.submit(() -> http.send(call(timeout))));
            }
        }
        return answers;
    }

    private static String token(int number) {
        return "{\"access_token\": \"t" + number + "\", \"expires_in\": 3600}";
    }

    private static void meet(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
