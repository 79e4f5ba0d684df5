package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.CallRate;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.testsupport.MovableClock;
import io.sluice.run.testsupport.ScriptedHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatedHttpTest {

    private static final String URL = "https://shop.example/a";
    private static final CircuitSettings CIRCUIT =
            new CircuitSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(30));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T05:55:00Z"));
    private final AtomicInteger sent = new AtomicInteger();
    private volatile HttpSender target = call -> ScriptedHttp.answered(call, 200, "", Map.of());

    private final GatedHttp http = gated(null);

    private GatedHttp gated(@Nullable CallRate rate) {
        return new GatedHttp(
                call -> {
                    sent.incrementAndGet();
                    return target.send(call);
                },
                new GateSettings(2, rate, CIRCUIT),
                clock,
                new Random(1));
    }

    private static HttpCall call(String tenant, String url, @Nullable Credential credential) {
        return new HttpCall(
                "GET", url, Map.of(), null, Optional.ofNullable(credential), Duration.ofSeconds(30), Caller.of(tenant));
    }

    private static Credential connection(@Nullable CallLimits limits) {
        return new Credential(UUID.randomUUID(), ConnectionKind.BEARER, Map.of(), Map.of("token", "t0ken"), limits);
    }

    private void answers(int status, Map<String, String> headers) {
        target = call -> ScriptedHttp.answered(call, status, "", headers);
    }

    private void fails(HttpFailure.Reason reason) {
        target = call -> {
            throw new HttpFailure(reason, "as the test wants it");
        };
    }

    private void send(int times, HttpCall call) {
        for (int i = 0; i < times; i++) {
            assertThat(held(call)).isNull();
        }
    }

    private @Nullable HeldBack held(HttpCall call) {
        Throwable thrown = catchThrowable(() -> http.send(call));
        return thrown instanceof HeldBack held ? held : null;
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void answersThatSayThatTheTargetIsDownOpenTheCircuit(int status) {
        answers(status, Map.of());
        send(3, call("acme", URL, null));

        assertThat(held(call("acme", URL, null))).hasMessageContaining("answered " + status);
        assertThat(sent).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 404, 408, 429, 501})
    void answersOfATargetThatIsThereDoNot(int status) {
        answers(status, Map.of());

        send(10, call("acme", URL, null));
    }

    @ParameterizedTest
    @EnumSource(HttpFailure.Reason.class)
    void onlyFailuresOfTheTargetOpenTheCircuit(HttpFailure.Reason reason) {
        fails(reason);
        send(3, call("acme", URL, null));

        boolean open = held(call("acme", URL, null)) != null;

        assertThat(open).isEqualTo(reason == HttpFailure.Reason.COMMUNICATION || reason == HttpFailure.Reason.TIMEOUT);
    }

    @Test
    void callThatHadNoTimeSaysNothingOfItsTarget() {
        fails(HttpFailure.Reason.TIMEOUT);

        send(10, call("acme", URL, null).within(Duration.ofMillis(500)));
    }

    @Test
    void targetThatStatesARetryAfterIsLeftAloneAtOnce() {
        answers(429, Map.of("retry-after", "90"));
        send(1, call("acme", URL, null));

        assertThat(held(call("acme", URL, null)))
                .satisfies(held -> assertThat(held.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(90)));
        clock.advance(Duration.ofSeconds(90));
        answers(200, Map.of());
        send(5, call("acme", URL, null));
    }

    @Test
    void dateOfARetryAfterIsTakenToo() {
        answers(429, Map.of("retry-after", "Tue, 24 Nov 2026 05:56:00 GMT"));
        send(1, call("acme", URL, null));

        assertThat(held(call("acme", URL, null)))
                .satisfies(held -> assertThat(held.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(60)));
    }

    @Test
    void circuitBelongsToOneConnectionOrToOneTenantsHost() {
        Credential broken = connection(null);
        fails(HttpFailure.Reason.COMMUNICATION);
        send(3, call("acme", URL, broken));
        send(3, call("acme", "https://down.example/", null));
        answers(200, Map.of());

        assertThat(held(call("acme", "https://other.example/", broken))).isNotNull();
        assertThat(held(call("acme", "https://DOWN.example:443/x", null))).isNotNull();
        send(1, call("acme", URL, connection(null)));
        send(1, call("acme", URL, null));
        send(1, call("other", "https://down.example/", null));
        send(1, call("acme", "https://down.example:8443/", null));
    }

    @Test
    void cancelledProbeLetsTheNextCallProbe() {
        fails(HttpFailure.Reason.COMMUNICATION);
        send(3, call("acme", URL, null));
        clock.advance(Duration.ofSeconds(10));
        target = call -> {
            throw new CancellationException("cancelled");
        };
        assertThat(catchThrowableOfType(CancellationException.class, () -> http.send(call("acme", URL, null))))
                .isNotNull();
        answers(200, Map.of());

        send(5, call("acme", URL, null));
    }

    @Test
    void callThatFindsAllPlacesTakenIsHeldBackUntilOneIsFree() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Credential narrow = connection(new CallLimits(1, null));
        target = call -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ScriptedHttp.answered(call, 200, "", Map.of());
        };
        Thread first = Thread.startVirtualThread(() -> http.send(call("acme", URL, narrow)));
        await().until(() -> sent.get() == 1);

        assertThat(held(call("acme", URL, narrow))).hasMessageContaining("1 calls at once");
        assertThat(sent).hasValue(1);
        end.countDown();
        first.join();
        send(1, call("acme", URL, narrow));
    }

    @Test
    void callBeyondTheRateIsHeldBackUntilItsTurn() {
        Credential slow = connection(new CallLimits(null, new CallRate(6, Duration.ofMinutes(1))));
        send(1, call("acme", URL, slow));

        assertThat(held(call("acme", URL, slow)))
                .hasMessageContaining("6 calls in PT1M")
                .satisfies(held -> assertThat(held.delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(10)));
        clock.advance(Duration.ofSeconds(10));
        send(1, call("acme", URL, slow));
        send(1, call("acme", "https://other.example/", slow));
    }

    @Test
    void rateOfTheDeploymentIsForCallsWithoutAConnection() {
        GatedHttp limited = gated(new CallRate(1, Duration.ofMinutes(1)));
        limited.send(call("acme", URL, null));

        assertThat(catchThrowable(() -> limited.send(call("acme", URL, null)))).isInstanceOf(HeldBack.class);
        limited.send(call("acme", URL, connection(null)));
        limited.send(call("acme", URL, connection(null)));
    }

    @Test
    void changedLimitIsInForceAtOnce() {
        Credential slow = connection(new CallLimits(null, new CallRate(1, Duration.ofDays(1))));
        send(1, call("acme", URL, slow));
        Credential faster = new Credential(
                slow.connectionId(), slow.kind(), slow.settings(), slow.secrets(), new CallLimits(5, null));

        send(3, call("acme", URL, faster));
    }
}
