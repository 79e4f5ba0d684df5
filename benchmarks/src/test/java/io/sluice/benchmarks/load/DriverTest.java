package io.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.measure.Waiting;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final SignedCalls calls = new SignedCalls("test", "secret", List.of("/even", "/odd"));

    @AfterEach
    void close() {
        Waiting.until(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void callsAtARateAreAllSentAndCountedByTheirAnswer() {
        URI server = server(request -> request.response()
                .setStatusCode(request.path().equals("/odd") ? 503 : 202)
                .end());

        Outcome outcome = steady(server, 100);

        assertThat(outcome.accepted().cardinality()).isEqualTo(50);
        assertThat(outcome.accepted().stream()).allMatch(number -> number % 2 == 0);
        assertThat(outcome.refused()).isEqualTo(50);
        assertThat(outcome.acceptedWithin(Duration.ofMinutes(1))).isEqualTo(0.5);
        assertThat(outcome.perSecond()).isBetween(40.0, 50.0);
        assertThat(outcome.otherwise() + outcome.withoutAnswer()).isZero();
    }

    @Test
    void aCallThatHadToWaitForItsTurnIsCountedFromWhenItWasDue() {
        URI server = server(request -> vertx.setTimer(
                100, timer -> request.response().setStatusCode(202).end()));
        CompletableFuture<Outcome> done = new CompletableFuture<>();

        vertx.runOnContext(ignored -> {
            var _ = new Pass(vertx, server, calls, 1, SECOND).steady(20).thenAccept(done::complete);
        });
        Outcome outcome = done.join();

        assertThat(outcome.accepted().cardinality()).isEqualTo(20);
        assertThat(outcome.milliseconds(1)).isGreaterThan(800);
    }

    @Test
    void asManyAsAreWantedGoAtOnceWhenThereIsNoRate() {
        URI server = server(request -> vertx.setTimer(
                100, timer -> request.response().setStatusCode(202).end()));
        try (Driver driver = new Driver()) {
            Outcome outcome = driver.saturate(server, calls, SECOND);

            assertThat(outcome.accepted().cardinality()).isBetween(2 * Driver.AT_ONCE, 10 * Driver.AT_ONCE);
            assertThat(outcome.milliseconds(0.5)).isGreaterThanOrEqualTo(99);
        }
    }

    private Outcome steady(URI server, double rate) {
        try (Driver driver = new Driver()) {
            return driver.steady(server, calls, SECOND, rate);
        }
    }

    private URI server(Handler<HttpServerRequest> answer) {
        var listening = vertx.createHttpServer()
                .requestHandler(answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture();
        Waiting.until(listening);
        return URI.create("http://127.0.0.1:" + listening.join().actualPort());
    }
}
