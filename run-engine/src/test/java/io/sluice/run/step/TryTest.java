package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.http.HttpFailure;
import io.sluice.run.testsupport.FlowRun;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TryTest {

    private static final String TARGET = "GET https://shop.example/a";

    private static FlowRun calling(String catching) {
        return FlowRun.ofTasks("""
                - careful:
                    try: [{get: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}}]
                    catch: %s
                """.formatted(catching));
    }

    @Test
    void untroubledTryGivesItsTasksOutput() {
        FlowRun run = calling("{do: [{x: {set: {wrong: 1}}}]}");
        run.http().answer(TARGET, 200, "{\"n\": 1}");

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void caughtErrorWithoutHandlerHandsTheInputOn() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}}
                - careful: {try: [{b: {raise: {error: {status: 500}}}}], catch: {}}
                """);

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void handlerSeesTheError() {
        FlowRun run = calling("{do: [{x: {set: {status: '${ $error.status }', code: '${ $error.code }'}}}]}");
        run.http().answer(TARGET, 404, "{}");

        assertThat(run.json()).isEqualTo("{'status':404,'code':'http-status'}");
    }

    @Test
    void errorMayHaveAnotherName() {
        FlowRun run = calling(
                "{as: trouble, when: '${ $trouble.status = 404 }', do: [{x: {set: {s: '${ $trouble.status }'}}}]}");
        run.http().answer(TARGET, 404, "{}");

        assertThat(run.json()).isEqualTo("{'s':404}");
    }

    @Test
    void errorsWithMatchesTheStatus() {
        FlowRun caught = calling("{errors: {with: {status: 404}}, do: [{x: {set: {ok: true}}}]}");
        caught.http().answer(TARGET, 404, "{}");
        FlowRun passed = calling("{errors: {with: {status: 404}}, do: [{x: {set: {ok: true}}}]}");
        passed.http().answer(TARGET, 403, "{}");

        assertThat(caught.json()).isEqualTo("{'ok':true}");
        assertThat(catchThrowableOfType(StepFailure.class, passed::run).error().status())
                .isEqualTo(403);
    }

    @Test
    void whenAndExceptWhenNarrowWhatIsCaught() {
        String catching =
                "{when: '${ $error.status >= 400 }', exceptWhen: '${ $error.status = 401 }', do: [{x: {set: {ok: true}}}]}";
        FlowRun caught = calling(catching);
        caught.http().answer(TARGET, 404, "{}");
        FlowRun passed = calling(catching);
        passed.http().answer(TARGET, 401, "{}");

        assertThat(caught.json()).isEqualTo("{'ok':true}");
        assertThat(catchThrowableOfType(StepFailure.class, passed::run).error().status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "linear", "exponential"})
    void retriesUntilItSucceeds(String backoff) {
        FlowRun run = calling("{retry: {delay: {milliseconds: 1}, backoff: {%s: {}}, limit: {attempt: {count: 5}}}}"
                .formatted(backoff));
        run.http()
                .answer(TARGET, 503, "{}")
                .fails(TARGET, HttpFailure.Reason.COMMUNICATION)
                .answer(TARGET, 429, "{}")
                .answer(TARGET, 200, "{\"n\": 1}");

        assertThat(run.json()).isEqualTo("{'n':1}");
        assertThat(run.journal().records("get"))
                .extracting(StepRecord::status)
                .containsExactly("failed", "failed", "failed", "succeeded");
        assertThat(run.journal().records("get")).extracting(StepRecord::attempt).containsExactly(1, 2, 3, 4);
    }

    @Test
    void givesUpAfterTheAttemptsAllowed() {
        FlowRun run = calling("{retry: {delay: {milliseconds: 1}, limit: {attempt: {count: 2}}}}");
        run.http().answer(TARGET, 503, "{}").answer(TARGET, 503, "{}").answer(TARGET, 502, "{}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().status())
                .isEqualTo(502);
        assertThat(run.http().calls()).hasSize(3);
    }

    @Test
    void handlerAnswersWhenRetriesWereInVain() {
        FlowRun run = calling("{retry: {delay: {milliseconds: 1}, limit: {attempt: {count: 1}}}, "
                + "do: [{x: {set: {gaveUp: '${ $error.status }'}}}]}");
        run.http().answer(TARGET, 503, "{}").answer(TARGET, 500, "{}");

        assertThat(run.json()).isEqualTo("{'gaveUp':500}");
    }

    @Test
    void errorThatIsNotCaughtIsNotRetried() {
        FlowRun run = calling("{when: '${ $error.status >= 500 }', retry: {delay: {milliseconds: 1}}}");
        run.http().answer(TARGET, 404, "{}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().status())
                .isEqualTo(404);
        assertThat(run.http().calls()).hasSize(1);
    }

    @Test
    void retryWaitsAsLongAsTheTargetAsks() {
        FlowRun run = calling("{retry: {delay: {milliseconds: 1}}}");
        run.http()
                .answer(TARGET, 503, "{}", Map.of("retry-after", "1"))
                .answer(TARGET, 200, "{}", Map.of("content-type", "application/json"));
        long before = System.nanoTime();

        run.run();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void retryDoesNotWaitPastTheRunsDeadline() {
        FlowRun run = calling("{retry: {delay: {milliseconds: 1}}}");
        run.http().answer(TARGET, 503, "{}", Map.of("retry-after", "3600"));

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().status())
                .isEqualTo(503);
    }

    @Test
    void retryEndsWithItsOwnDuration() {
        FlowRun run = calling("{retry: {delay: {seconds: 5}, limit: {attempt: {count: 9}, duration: {seconds: 1}}}}");
        run.http().answer(TARGET, 503, "{}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().status())
                .isEqualTo(503);
        assertThat(run.http().calls()).hasSize(1);
    }

    @Test
    void tasksOfATryThatAreDoneAreNotRepeatedByARetry() {
        FlowRun run = FlowRun.ofTasks("""
                - careful:
                    try:
                      - first: {call: http, with: {method: post, endpoint: 'https://shop.example/first'}}
                      - get: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                    catch: {retry: {delay: {milliseconds: 1}}}
                """);
        run.http()
                .answer("POST https://shop.example/first", 201, "{}")
                .answer(TARGET, 503, "{}")
                .answer(TARGET, 200, "{\"n\": 1}");

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void innerTryLeavesToTheOuterOneWhatItDoesNotCatch() {
        FlowRun run = FlowRun.ofTasks("""
                - outer:
                    try:
                      - inner:
                          try: [{a: {raise: {error: {status: 418, title: Teapot}}}}]
                          catch: {errors: {with: {status: 400}}}
                    catch:
                      errors: {with: {title: Teapot}}
                      do: [{x: {set: {by: outer}}}]
                """);

        assertThat(run.json()).isEqualTo("{'by':'outer'}");
    }

    @Test
    void handlerMayRaiseItsOwnError() {
        FlowRun run = calling("{do: [{x: {raise: {error: {status: 409, title: '${ \"was \" & $error.status }'}}}}]}");
        run.http().answer(TARGET, 404, "{}");

        assertThat(catchThrowableOfType(StepFailure.class, run::run).error().title())
                .isEqualTo("was 404");
    }

    @Test
    void failingExpressionCanBeCaught() {
        FlowRun run = FlowRun.ofTasks(
                "- careful: {try: [{a: {set: {x: '${ $number(\"x\") }'}}}], catch: {errors: {with: {status: 400}}, do: [{b: {set: {ok: true}}}]}}");

        assertThat(run.json()).isEqualTo("{'ok':true}");
    }

    @Test
    void catchSeesTheContextThatItsTryHasExported() {
        FlowRun run = FlowRun.ofTasks("""
                - t:
                    try: [{a: {set: {x: 1}, export: {as: '${ {"x": 1} }'}}}, {b: {raise: {error: {status: 400}}}}]
                    catch: {when: '${ $context.x = 1 }', do: [{ok: {set: {ok: true}}}]}
                """);

        assertThat(run.json()).isEqualTo("{'ok':true}");
    }
}
