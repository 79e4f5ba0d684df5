package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.run.http.HttpCall;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.ScriptedHttp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumeTest {

    private static final String LINES = "POST https://shop.example/lines";

    private static final String LOOP = """
            - each:
                for: {each: line, in: '${ $workflow.input.params.lines }'}
                do:
                  - send: {call: http, with: {method: post, endpoint: 'https://shop.example/lines', body: {n: '${ $line }'}}}
            """;

    private static final String PAGES = """
            - page: {call: http, with: {method: get, endpoint: 'https://shop.example/pages', query: {after: '${ $context.cursor }'}}}
            - deliver:
                call: http
                with: {method: post, endpoint: 'https://shop.example/lines', body: '${ $ }'}
                output: {as: '${ $input }'}
                export: {as: '${ {"cursor": next} }'}
            - more: {switch: [{another: {when: '${ hasMore }', then: page}}]}
            """;

    @Test
    void stepThatIsDoneIsNotRepeatedBySecondAttempt() {
        FlowRun run = FlowRun.ofTasks("""
                - first: {call: http, with: {method: post, endpoint: 'https://shop.example/lines'}, output: {as: '${ {"id": id} }'}}
                - second: {call: http, with: {method: put, endpoint: '${ "https://shop.example/" & id }'}}
                """);
        run.http()
                .answer(LINES, 201, "{\"id\": \"x1\", \"noise\": 1}")
                .answer("PUT https://shop.example/x1", 503, "{}")
                .answer("PUT https://shop.example/x1", 200, "{\"ok\": true}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);

        assertThat(run.json()).isEqualTo("{'ok':true}");
        assertThat(run.http().calls()).hasSize(3);
        assertThat(run.journal().records("second"))
                .extracting(StepRecord::attempt)
                .containsExactly(1, 2);
    }

    @Test
    void loopGoesOnAtTheIterationThatFailed() {
        FlowRun run = FlowRun.ofTasks(LOOP).params("{\"lines\": [1, 2, 3]}");
        run.http()
                .answer(LINES, 200, "{}")
                .answer(LINES, 503, "{}")
                .answer(LINES, 200, "{}")
                .answer(LINES, 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(run.http().calls())
                .extracting(ScriptedHttp::body)
                .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void pagesGoOnAtThePageThatFailed() {
        FlowRun run = FlowRun.ofTasks(PAGES);
        run.http()
                .answer("GET https://shop.example/pages", 200, "{\"next\": \"c1\", \"hasMore\": true}")
                .answer(LINES, 200, "{}")
                .answer("GET https://shop.example/pages", 200, "{\"next\": \"c2\", \"hasMore\": false}")
                .answer(LINES, 503, "{}")
                .answer(LINES, 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'cursor':'c1'}");
        run.run();

        assertThat(run.http().urls())
                .containsExactly(
                        "https://shop.example/pages",
                        "https://shop.example/lines",
                        "https://shop.example/pages?after=c1",
                        "https://shop.example/lines",
                        "https://shop.example/lines");
        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'cursor':'c2'}");
    }

    @Test
    void waitThatIsOverIsNotRepeated() {
        FlowRun run = FlowRun.ofTasks("""
                - pause: {wait: {milliseconds: 2}}
                - call: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                """);
        run.http().answer("GET https://shop.example/a", 503, "{}").answer("GET https://shop.example/a", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(run.journal().records("pause")).hasSize(1);
    }

    @Test
    void keyIsTheSameOnARetryAndOnASecondAttempt() {
        FlowRun run = FlowRun.ofTasks("""
                - careful:
                    try: [{send: {call: http, with: {method: post, endpoint: 'https://shop.example/lines'}}}]
                    catch: {retry: {delay: {milliseconds: 1}, limit: {attempt: {count: 1}}}}
                """);
        run.http().answer(LINES, 503, "{}").answer(LINES, 503, "{}").answer(LINES, 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(run.http().headers("Idempotency-Key")).hasSize(3).doesNotContain("none");
        assertThat(distinct(run.http().headers("Idempotency-Key"))).hasSize(1);
    }

    @Test
    void keyDiffersPerIterationAndPerTask() {
        FlowRun run = FlowRun.ofTasks(LOOP + LOOP.replace("- each", "- again")).params("{\"lines\": [1, 1]}");
        for (int i = 0; i < 4; i++) {
            run.http().answer(LINES, 200, "{}");
        }

        run.run();

        assertThat(distinct(run.http().headers("Idempotency-Key"))).hasSize(4);
    }

    @Test
    void keyDiffersPerPage() {
        FlowRun run = FlowRun.ofTasks(PAGES);
        for (String more : List.of("true", "true", "false")) {
            run.http()
                    .answer("GET https://shop.example/pages", 200, "{\"next\": 1, \"hasMore\": " + more + "}")
                    .answer(LINES, 200, "{}");
        }

        run.run();

        assertThat(run.http().calls().stream()
                        .filter(HttpCall::writes)
                        .map(call -> call.headers().get("Idempotency-Key"))
                        .distinct())
                .hasSize(3);
    }

    @Test
    void keyDoesNotDependOnTheAttemptButOnTheRun() {
        String first = new Visit("/a").key(java.util.UUID.fromString("018f3a50-0000-7000-8000-000000000001"));
        String other = new Visit("/a").key(java.util.UUID.fromString("018f3a50-0000-7000-8000-000000000002"));

        assertThat(first).isNotEqualTo(other).startsWith("018f3a50-0000-7000-8000-000000000001-");
    }

    @Test
    void exportOfASetIsAppliedOnceOverTwoAttempts() {
        FlowRun run = FlowRun.ofTasks("""
                - count: {set: {x: 1}, export: {as: '${ {"n": $context.n + 1} }'}}
                - call: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                """);
        run.journal().contextFromBefore(Map.of("n", 0));
        run.http().answer("GET https://shop.example/a", 503, "{}").answer("GET https://shop.example/a", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'n':1}");
    }

    private static java.util.Set<String> distinct(List<String> values) {
        return new java.util.HashSet<>(values);
    }

    @Test
    void tasksBeforeAnExportSeeTheContextThatTheySawTheFirstTime() {
        FlowRun run = FlowRun.ofTasks("""
                - before: {set: {from: '${ $context.cursor }'}, export: {as: '${ $context }'}}
                - again: {set: {from: '${ $context.cursor }'}}
                - deliver: {call: http, with: {method: post, endpoint: 'https://shop.example/a', body: '${ $ }'}, output: {as: '${ $input }'}, export: {as: '${ {"cursor": 2} }'}}
                - report: {call: http, with: {method: put, endpoint: 'https://shop.example/b', body: '${ $ }'}}
                """);

        assertThat(reported(run)).containsExactly("{\"from\":1}", "{\"from\":1}");
    }

    @Test
    void taskBeforeAScopeThatExportsSeesTheContextThatItSawTheFirstTime() {
        FlowRun run = FlowRun.ofTasks("""
                - first: {set: {from: '${ $context.cursor }'}}
                - scope:
                    do: [{deliver: {call: http, with: {method: post, endpoint: 'https://shop.example/a'}, export: {as: '${ {"cursor": 2} }'}}}]
                    output: {as: '${ $input }'}
                - report: {call: http, with: {method: put, endpoint: 'https://shop.example/b', body: '${ $ }'}}
                """);

        assertThat(reported(run)).containsExactly("{\"from\":1}", "{\"from\":1}");
    }

    /** What two attempts put to {@code /b}, the first of which fails there. */
    private static List<String> reported(FlowRun run) {
        run.journal().contextFromBefore(Map.of("cursor", 1));
        run.http()
                .answer("POST https://shop.example/a", 200, "{}")
                .answer("PUT https://shop.example/b", 503, "{}")
                .answer("PUT https://shop.example/b", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        return run.http().calls().subList(1, 3).stream().map(ScriptedHttp::body).toList();
    }

    @Test
    void stepThatIsDoneStaysDoneWhenItsOwnExportMakesItsConditionFalse() {
        FlowRun run = FlowRun.ofTasks("""
                - login: {if: '${ $not($exists($context.id)) }', call: http, with: {method: post, endpoint: 'https://shop.example/a'}, export: {as: '${ {"id": id} }'}}
                - report: {call: http, with: {method: put, endpoint: 'https://shop.example/b', body: '${ $ }'}}
                """);
        run.http()
                .answer("POST https://shop.example/a", 200, "{\"id\": 7}")
                .answer("PUT https://shop.example/b", 503, "{}")
                .answer("PUT https://shop.example/b", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(run.http().calls().subList(1, 3))
                .extracting(ScriptedHttp::body)
                .containsExactly("{\"id\":7}", "{\"id\":7}");
    }

    @Test
    void exportOfALoopsBodyIsAppliedOncePerIteration() {
        FlowRun run = FlowRun.ofTasks("""
                - each:
                    for: {in: '${ [1, 2, 3] }'}
                    do: [{d: {do: [{x: {set: {x: 1}}}], export: {as: '${ {"n": $context.n + 1} }'}}}]
                - call: {call: http, with: {method: get, endpoint: 'https://shop.example/a'}}
                """);
        run.journal().contextFromBefore(Map.of("n", 0));
        run.http().answer("GET https://shop.example/a", 503, "{}").answer("GET https://shop.example/a", 200, "{}");

        assertThatThrownBy(run::run).isInstanceOf(StepFailure.class);
        run.run();

        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'n':3}");
    }

    @Test
    void keyOfATaskThatIsNamedLikeASecondVisitIsItsOwn() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {if: 'true', call: http, with: {method: post, endpoint: 'https://shop.example/lines'}, then: 'a#2'}
                - skipped: {set: {x: 1}}
                - 'a#2': {call: http, with: {method: post, endpoint: 'https://shop.example/lines'}}
                - once: {switch: [{again: {when: '${ n = 1 }', then: a}}]}
                """);
        for (int n : new int[] {0, 1, 0, 2}) {
            run.http().answer(LINES, 200, "{\"n\": " + n + "}");
        }

        run.run();

        assertThat(distinct(run.http().headers("Idempotency-Key"))).hasSize(4);
    }
}
