package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.http.HttpFailure;
import io.sluice.run.testsupport.FlowRun;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BoundsTest {

    private static final String ENDLESS = "${ ($f := function($n) { $f($n + 1) }; $f(0)) }";

    @Test
    void timeoutOfATaskIsAnErrorThatCanBeCaught() {
        FlowRun run = FlowRun.ofTasks("""
                - careful:
                    try: [{slow: {wait: {seconds: 15}, timeout: {after: {milliseconds: 50}}}}]
                    catch: {errors: {with: {status: 408}}, do: [{x: {set: {code: '${ $error.code }', at: '${ $error.instance }'}}}]}
                """);

        assertThat(run.json()).isEqualTo("{'code':'timeout','at':'/do/0/careful/try/0/slow'}");
    }

    @Test
    void timeoutOfATaskEndsItsExpressions() {
        FlowRun run = FlowRun.ofTasks("- slow: {set: {x: '" + ENDLESS + "'}, timeout: {after: {milliseconds: 100}}}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().status())
                .isEqualTo(408);
    }

    @Test
    void timeoutOfATaskNarrowsTheCallsInsideIt() {
        FlowRun run = FlowRun.ofTasks("""
                - slow:
                    timeout: {after: {seconds: 2}}
                    do: [{c: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}}]
                - free: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                """);
        run.http().answer("GET https://shop.example/a", 200, "{}").answer("GET https://shop.example/a", 200, "{}");

        run.run();

        assertThat(run.http().calls().get(0).timeout()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(run.http().calls().get(1).timeout()).isGreaterThan(Duration.ofSeconds(2));
    }

    @Test
    void outerTimeoutIsTheOutersErrorEvenWhenTheInnerOneIsLonger() {
        FlowRun run = FlowRun.ofTasks("""
                - outer:
                    timeout: {after: {milliseconds: 50}}
                    do: [{inner: {wait: {seconds: 10}, timeout: {after: {seconds: 15}}}}]
                """);

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().pointer())
                .isEqualTo("/do/0/outer");
    }

    @Test
    void innerTimeoutIsTheInnersErrorWhenItIsShorter() {
        FlowRun run = FlowRun.ofTasks("""
                - outer:
                    timeout: {after: {seconds: 15}}
                    try: [{inner: {wait: {seconds: 10}, timeout: {after: {milliseconds: 50}}}}]
                    catch: {do: [{x: {set: {at: '${ $error.instance }'}}}]}
                """);

        assertThat(run.json()).isEqualTo("{'at':'/do/0/outer/try/0/inner'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- slow: {try: [{w: {wait: {seconds: 15}}}], catch: {}}",
                "- slow: {try: [{w: {set: {x: '" + ENDLESS + "'}}}], catch: {}}",
                "- slow: {for: {in: '${ [1..1000000] }'}, do: [{w: {wait: {milliseconds: 1}}}]}"
            })
    void runsOwnTimeIsOverWhateverItCatches(String tasks) {
        FlowRun run = FlowRun.ofTasks(tasks).bounds(Duration.ofMillis(300), 10_000_000);

        assertThat(catchThrowableOfType(RunStopped.LimitReached.class, run::run).code())
                .isIn("timeout", "limit");
    }

    @Test
    void endlessThenLoopUsesUpTheStepBudget() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {x: 1}}\n- b: {set: {x: 1}, then: a}")
                .bounds(Duration.ofSeconds(15), 1_000);

        RunStopped.LimitReached stopped = catchThrowableOfType(RunStopped.LimitReached.class, run::run);

        assertThat(stopped.code()).isEqualTo("limit");
        assertThat(run.journal().records()).hasSize(1_000);
    }

    @Test
    void stepBudgetCannotBeCaught() {
        FlowRun run = FlowRun.ofTasks(
                        "- t: {try: [{a: {set: {x: 1}}}, {b: {set: {x: 1}, then: a}}], catch: {do: [{x: {set: {x: 1}}}]}}")
                .bounds(Duration.ofSeconds(15), 100);

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.LimitReached.class);
    }

    @Test
    void cancelEndsAWait() throws Exception {
        FlowRun run = FlowRun.ofTasks("- first: {set: {x: 1}}\n- w: {wait: {seconds: 18}}");

        assertThat(stopped(run, RunControl::cancel)).isInstanceOf(RunStopped.Cancelled.class);
    }

    @Test
    void cancelEndsAnExpression() throws Exception {
        FlowRun run = FlowRun.ofTasks(
                "- first: {set: {x: 1}}\n- e: {set: {x: '${ ($f := function($n) { $n <= 1 ? 1 : $f($n - 1) + $f($n - 2) }; $f(60)) }'}}");

        assertThat(stopped(run, RunControl::cancel)).isInstanceOf(RunStopped.Cancelled.class);
    }

    @Test
    void lostLeaseEndsAWait() throws Exception {
        FlowRun run = FlowRun.ofTasks("- first: {set: {x: 1}}\n- w: {wait: {seconds: 18}}");

        assertThat(stopped(run, RunControl::loseLease)).isInstanceOf(RunStopped.LeaseLost.class);
    }

    @Test
    void cancelDuringACallEndsTheRunAndNotTheStepAlone() {
        FlowRun run = FlowRun.ofTasks(
                "- t: {try: [{c: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}}], catch: {}}");
        run.http().does("GET https://shop.example/a", call -> {
            run.control().cancel();
            throw new HttpFailure(HttpFailure.Reason.COMMUNICATION, "broken off");
        });

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.Cancelled.class);
    }

    @Test
    void nothingIsWrittenOnceTheLeaseIsLost() {
        FlowRun run = FlowRun.ofTasks("""
                - read: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                - write: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}}
                """);
        run.http().answer("GET https://shop.example/a", 200, "{}");
        run.journal().passOn();

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.LeaseLost.class);
        assertThat(run.http().calls()).noneMatch(call -> call.writes());
    }

    @Test
    void leaseIsLookedAtBeforeEachWriteEvenInsideATry() {
        FlowRun run = FlowRun.ofTasks(
                "- t: {try: [{w: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}}}], catch: {retry: {delay: {milliseconds: 1}}}}");
        run.journal().passOn();

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.LeaseLost.class);
        assertThat(run.http().calls()).isEmpty();
    }

    @Test
    void leaseLostBetweenCallAndResultStopsTheRun() {
        FlowRun run = FlowRun.ofTasks("- w: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}}");
        run.http().does("POST https://shop.example/a", call -> {
            run.journal().passOn();
            return io.sluice.run.testsupport.ScriptedHttp.answered(call, 200, "{}", java.util.Map.of());
        });

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.LeaseLost.class);
        assertThat(run.journal().find("/w")).isEmpty();
    }

    /** Runs on a thread of its own, stops it once its first step is done, and gives what ended it. */
    private static @Nullable Throwable stopped(FlowRun run, Consumer<RunControl> stop) throws Exception {
        AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread runner = Thread.startVirtualThread(() -> {
            started.countDown();
            try {
                run.run();
            } catch (RuntimeException e) {
                end.set(e);
            }
        });
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> logged = CompletableFuture.runAsync(() -> {
            while (run.journal().records("first").isEmpty()) {
                Thread.onSpinWait();
            }
        });
        logged.get(10, TimeUnit.SECONDS);
        stop.accept(run.control());
        runner.join(Duration.ofSeconds(10));
        return end.get();
    }

    @Test
    void callThatIsInterruptedFromOutsideEndsTheRunAndNotTheStepAlone() {
        FlowRun run = FlowRun.ofTasks(
                "- t: {try: [{c: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}}], catch: {}}");
        run.http().does("GET https://shop.example/a", call -> {
            throw new CancellationException("interrupted");
        });

        assertThatThrownBy(run::run).isInstanceOf(RunStopped.class);
    }
}
