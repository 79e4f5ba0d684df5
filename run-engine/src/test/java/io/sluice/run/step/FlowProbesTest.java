package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.sluice.contract.run.RunError;
import io.sluice.run.http.AddressGuard;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.OutboundLimits;
import io.sluice.run.http.VertxExchange;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.LocalTarget;
import io.sluice.run.testsupport.Probes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Flows that would not end by themselves, or fill the heap. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FlowProbesTest {

    private static final String CALL = "- c: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}";

    static Stream<Arguments> probes() {
        return Probes.tasks().entrySet().stream().map(probe -> Arguments.of(probe.getKey(), probe.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probes")
    void endsWithItsLimit(String name, String tasks) {
        FlowRun run = FlowRun.ofTasks(tasks).bounds(Duration.ofSeconds(20), 20_000);

        RunError error =
                catchThrowableOfType(RunStopped.LimitReached.class, run::run).error();

        assertThat(error.code()).isIn("limit", "timeout");
        assertThat(error.detail()).matches("The limit is (steps|run-bytes|value-bytes|timeout) = .+");
        assertThat(error.pointer()).startsWith("/do/");
    }

    @Test
    void errorNamesTheLimitItsValueAndTheStep() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {z: 1}}\n- b: {set: {z: 1}, then: a}")
                .bounds(Duration.ofSeconds(20), 101);

        assertThat(catchThrowableOfType(RunStopped.LimitReached.class, run::run).error())
                .isEqualTo(new RunError(
                        "limit",
                        500,
                        "The run visits more tasks than it may: does a “then” loop?",
                        "The limit is steps = 101",
                        "/do/1/b"));
    }

    @Test
    void errorOfAnExpressionNamesTheStepToo() {
        FlowRun run = FlowRun.ofTasks("- a: {do: [{x: {set: {z: 1}}}, {y: {set: {v: '${ $pad(\"x\", 3e8) }'}}}]}");

        RunError error =
                catchThrowableOfType(RunStopped.LimitReached.class, run::run).error();

        assertThat(error.pointer()).isEqualTo("/do/0/a/do/1/y");
        assertThat(error.detail()).contains("-bytes = ");
    }

    @Test
    void longRunOfLargeButPassingDataIsNoProblem() {
        FlowRun run = FlowRun.ofTasks("""
                - page: {set: {n: '${ $context.n ? $context.n + 1 : 1 }', text: '${ $pad("x", 1000000) }'}, export: {as: {n: '${ n }'}}}
                - more: {switch: [{again: {when: '${ n < 200 }', then: page}}]}
                - done: {set: {n: '${ n }'}}
                """);

        assertThat(run.json()).isEqualTo("{'n':200}");
    }

    @Test
    void answerIsPartOfWhatARunHolds() {
        Limits limits =
                new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1_000, 1_000_000, 500, 1 << 20, 1 << 20);
        FlowRun run = FlowRun.ofTasks(CALL).bounds(FlowRun.control(Duration.ofSeconds(20), limits));
        run.http().answer("GET https://shop.example/a", 200, "[" + "0,".repeat(200_000) + "0]");

        assertThat(catchThrowableOfType(RunStopped.LimitReached.class, run::run)
                        .error()
                        .detail())
                .isEqualTo("The limit is run-bytes = 1048576");
        // The call was made, so the log has it.
        assertThat(run.journal().records()).singleElement().satisfies(record -> {
            assertThat(record.status()).isEqualTo("failed");
            assertThat(record.response()).isNotNull();
        });
    }

    @Test
    void hugeAnswerEndsTheStep() throws Exception {
        assertThat(called(FlowProbesTest::huge, Duration.ofSeconds(20)))
                .satisfies(error -> assertThat(error.code()).isEqualTo("limit"))
                .satisfies(error -> assertThat(error.detail()).contains("1048576"))
                .satisfies(error -> assertThat(error.pointer()).isEqualTo("/do/0/c"));
    }

    @Test
    void targetThatTricklesEndsTheRun() throws Exception {
        assertThat(called(FlowProbesTest::trickle, Duration.ofSeconds(2)))
                .satisfies(error -> assertThat(error.code()).isEqualTo("timeout"))
                .satisfies(error -> assertThat(error.pointer()).isEqualTo("/do/0/c"));
    }

    private static RunError called(LocalTarget.Answer answer, Duration time) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (LocalTarget target = new LocalTarget().on("/a", answer)) {
            GuardedHttp http = new GuardedHttp(
                    new VertxExchange(
                            vertx,
                            new AddressGuard(List.of("127.0.0.1:" + target.port())),
                            new OutboundLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), 1 << 20, 64 << 20)),
                    InstantSource.system());
            FlowRun run = FlowRun.ofTasks(CALL.replace("https://shop.example/a", target.url("/a")))
                    .bounds(time, 100)
                    .through(http);
            try {
                run.run();
                throw new AssertionError("it should have ended otherwise");
            } catch (StepFailure e) {
                return e.error();
            } catch (RunStopped.LimitReached e) {
                return e.error();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /** 300 MB. */
    private static void huge(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < 300; i++) {
            exchange.getResponseBody().write(megabyte);
        }
    }

    /** A byte each second. */
    private static void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(1, TimeUnit.SECONDS)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
