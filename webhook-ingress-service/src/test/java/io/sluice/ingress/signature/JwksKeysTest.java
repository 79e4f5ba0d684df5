package io.sluice.ingress.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class JwksKeysTest {

    private static final String URL = "https://issuer.example/keys";

    private final AtomicReference<Instant> now = new AtomicReference<>(Vectors.NOW);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<Supplier<HttpAnswer>> issuer =
            new AtomicReference<>(() -> answer(200, JwtVerifierTest.published()));
    private final JwksKeys keys = new JwksKeys(this::send, now::get);

    @Test
    void keysAreKeptForTenMinutes() {
        found("rsa");
        found("rsa");
        found(null);
        assertThat(fetches).hasValue(1);

        pass(Duration.ofMinutes(10));
        found("rsa");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void unknownKeyIsLookedForEachHalfMinuteOnly() {
        found("rsa");
        for (int i = 0; i < 50; i++) {
            assertThat(keys.find(URL, "made-up-" + i)).isInstanceOf(IssuerKeys.Found.Keys.class);
        }
        assertThat(fetches).hasValue(1);

        pass(Duration.ofSeconds(30));
        keys.find(URL, "made-up");
        keys.find(URL, "made-up");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void issuerThatIsAwayMakesTheCallWait() {
        issuer.set(() -> {
            throw new HttpFailure(HttpFailure.Reason.BLOCKED_ADDRESS, "a private address");
        });

        unavailable("rsa");
        unavailable("rsa");
        assertThat(fetches).hasValue(1);

        issuer.set(() -> answer(200, JwtVerifierTest.published()));
        pass(Duration.ofSeconds(5));
        found("rsa");
    }

    @Test
    void keysOutliveTheirTimeAnHourWhileTheIssuerIsAway() {
        found("rsa");
        issuer.set(() -> answer(503, ""));

        pass(Duration.ofMinutes(30));
        found("rsa");
        unavailable("newer");
        pass(Duration.ofMinutes(30));
        unavailable("rsa");
    }

    @Test
    void answersThatAreNoKeysAreNone() {
        for (String body : List.of(
                "",
                "{}",
                "[]",
                "{\"keys\":[]}",
                "<html>",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
                "{\"keys\":[" + " ".repeat(300_000) + "]}")) {
            issuer.set(() -> answer(200, body));
            pass(Duration.ofMinutes(1));
            unavailable("rsa");
        }
    }

    @Test
    void manyCallersMakeOneFetch() throws InterruptedException, ExecutionException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        issuer.set(() -> {
            entered.countDown();
            awaited(release);
            return answer(200, JwtVerifierTest.published());
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                callers.add(threads.submit(() -> found("rsa")));
            }
            entered.await();
            release.countDown();
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void issuersAreApart() {
        found("rsa");
        keys.find("https://other.example/keys", "rsa");

        assertThat(fetches).hasValue(2);
    }

    private void found(String keyId) {
        assertThat(keys.find(URL, keyId))
                .isInstanceOfSatisfying(
                        IssuerKeys.Found.Keys.class,
                        found -> assertThat(found.keys()).hasSize(1));
    }

    private void unavailable(String keyId) {
        assertThat(keys.find(URL, keyId)).isInstanceOf(IssuerKeys.Found.Unavailable.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private HttpAnswer send(HttpCall call) {
        fetches.incrementAndGet();
        assertThat(call.method()).isEqualTo("GET");
        return issuer.get().get();
    }

    private static HttpAnswer answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(
                status,
                Map.of(),
                bytes,
                new HttpRequestLog("GET", URL, Map.of(), null, 0),
                new HttpResponseLog(status, Map.of(), null, bytes.length));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
