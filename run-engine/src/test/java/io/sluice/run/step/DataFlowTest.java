package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.testsupport.FlowRun;
import org.junit.jupiter.api.Test;

class DataFlowTest {

    @Test
    void setMakesAValueOfConstantsAndExpressions() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {one: 1, two: '${ 1 + 1 }', list: [a, '${ \"b\" }'], none: null}}");

        assertThat(run.json()).isEqualTo("{'one':1,'two':2,'list':['a','b'],'none':null}");
    }

    @Test
    void eachTasksOutputIsTheNextOnesInput() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}}
                - b: {set: {n: '${ n + 1 }'}}
                - c: {set: '${ {"n": n + 1} }'}
                """);

        assertThat(run.json()).isEqualTo("{'n':3}");
    }

    @Test
    void firstTaskSeesParamsEventAndRun() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {p: '${ params.x }', e: '${ event.body.y }', r: '${ run.attempt }'}}")
                .params("{\"x\": 1}")
                .event("{\"body\": {\"y\": 2}}");

        assertThat(run.json()).isEqualTo("{'p':1,'e':2,'r':1}");
    }

    @Test
    void workflowInputStaysVisibleEverywhere() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {x: 1}}
                - b: {do: [{c: {set: {x: '${ $workflow.input.params.x }'}}}]}
                """).params("{\"x\": 7}");

        assertThat(run.json()).isEqualTo("{'x':7}");
    }

    @Test
    void conditionLooksAtTheRawInputBeforeInputFrom() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}}
                - b: {if: '${ n = 1 }', input: {from: '${ {"m": n} }'}, set: {got: '${ m }'}}
                """);

        assertThat(run.json()).isEqualTo("{'got':1}");
    }

    @Test
    void skippedTaskHandsItsInputOnAndIsLoggedAsSkipped() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}}
                - b: {if: '${ n = 2 }', set: {n: 9}, output: {as: '${ "never" }'}}
                """);

        assertThat(run.json()).isEqualTo("{'n':1}");
        assertThat(run.journal().records("b"))
                .singleElement()
                .extracting(StepRecord::status)
                .isEqualTo("skipped");
    }

    @Test
    void conditionsMayBeWrittenWithoutBraces() {
        FlowRun run = FlowRun.ofTasks("- a: {if: '1 = 1', set: {ok: true}}");

        assertThat(run.json()).isEqualTo("{'ok':true}");
    }

    @Test
    void nothingAndEmptyAreFalseInConditions() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {if: '${ missing }', set: {wrong: 1}}
                - b: {if: '${ [] }', set: {wrong: 2}}
                - c: {if: '${ "" }', set: {wrong: 3}}
                - d: {if: '${ "x" }', set: {right: 4}}
                """);

        assertThat(run.json()).isEqualTo("{'right':4}");
    }

    @Test
    void outputAsSeesTheTasksInput() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}}
                - b:
                    input: {from: '${ {"m": n} }'}
                    set: {k: 2}
                    output: {as: '${ {"before": $input.m, "after": k} }'}
                """);

        assertThat(run.json()).isEqualTo("{'before':1,'after':2}");
    }

    @Test
    void outputOfADoIsThatOfItsLastTask() {
        FlowRun run = FlowRun.ofTasks("- a: {do: [{b: {set: {n: 1}}}, {c: {set: {n: '${ n + 1 }'}}}]}");

        assertThat(run.json()).isEqualTo("{'n':2}");
    }

    @Test
    void exportReplacesTheContextForTheTasksAfterIt() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {n: 1}, export: {as: '${ {"cursor": n, "old": $context.cursor} }'}}
                - b: {set: {seen: '${ $context }'}}
                """);
        run.journal().contextFromBefore(java.util.Map.of("cursor", 0));

        assertThat(run.json()).isEqualTo("{'seen':{'cursor':1,'old':0}}");
        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'cursor':1,'old':0}");
    }

    @Test
    void exportSeesTheOutputBothAsInputAndByName() {
        FlowRun run = FlowRun.ofTasks(
                "- a: {set: {n: 1}, output: {as: '${ {\"m\": n} }'}, export: {as: '${ {\"a\": m, \"b\": $output.m} }'}}");

        run.run();

        assertThat(FlowRun.quoted(run.journal().exported())).isEqualTo("{'a':1,'b':1}");
    }

    @Test
    void flowsOwnInputAndOutputAreTransformed() {
        FlowRun run = FlowRun.of("""
                document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
                evaluate: {language: jsonata}
                input: {from: '${ params }'}
                output: {as: '${ {"result": n, "in": $workflow.input.x} }'}
                do: [{a: {set: {n: '${ x }'}}}]
                """).params("{\"x\": 5}");

        assertThat(run.json()).isEqualTo("{'result':5,'in':5}");
    }

    @Test
    void raiseEndsWithTheFlowsOwnError() {
        FlowRun run = FlowRun.ofTasks("""
                - a: {set: {sku: X1}}
                - b: {raise: {error: {type: 'https://example.com/e', status: 422, title: No stock, detail: '${ "of " & sku }'}}}
                """);

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("raised");
        assertThat(failure.error().status()).isEqualTo(422);
        assertThat(failure.error().title()).isEqualTo("No stock");
        assertThat(failure.error().detail()).isEqualTo("of X1");
        assertThat(failure.error().pointer()).isEqualTo("/do/1/b");
        assertThat(run.journal().records("b"))
                .singleElement()
                .satisfies(step -> assertThat(step.status()).isEqualTo("failed"));
    }

    @Test
    void failingExpressionNamesItsPlace() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {x: '${ 1 + \"a\" }'}}");

        StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);

        assertThat(failure.error().code()).isEqualTo("expression");
        assertThat(failure.error().pointer()).startsWith("/do/0/a/set");
        assertThat(failure.retriable()).isFalse();
    }

    @Test
    void waitHandsItsInputOn() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {n: 1}}\n- b: {wait: {milliseconds: 5}}\n- c: {wait: PT0.005S}");

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void flowsOwnOutputSeesTheContextAtTheEnd() {
        FlowRun run = FlowRun.of("""
                document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
                evaluate: {language: jsonata}
                output: {as: '${ $context }'}
                do: [{a: {set: {n: 1}, export: {as: '${ {"c": n} }'}}}]
                """);

        assertThat(run.json()).isEqualTo("{'c':1}");
    }

    @Test
    void listOfOneItemStaysAList() {
        FlowRun run = FlowRun.ofTasks("- a: {set: {p: '${ params.l }', q: '${ params.l[] }', r: '${ params.l.x[] }'}}")
                .params("{\"l\": [{\"x\": 1}]}");

        assertThat(run.json()).isEqualTo("{'p':[{'x':1}],'q':[{'x':1}],'r':[1]}");
    }

    @Test
    void nullInDataIsThereAndNull() {
        FlowRun run = FlowRun.ofTasks(
                        "- a: {set: {p: '${ params }', has: '${ $exists(params.n) }', isNull: '${ params.n = null }'}}")
                .params("{\"n\": null}");

        assertThat(run.json()).isEqualTo("{'p':{'n':null},'has':true,'isNull':true}");
    }
}
