package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.testsupport.FlowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopsAndBranchesTest {

    @Test
    void forHandsEachIterationsOutputToTheNext() {
        FlowRun run = FlowRun.ofTasks("""
                - start: {set: {sum: 0, seen: []}}
                - each:
                    for: {each: line, at: i, in: '${ $workflow.input.params.lines }'}
                    do:
                      - add: {set: {sum: '${ sum + $line }', seen: '${ $append(seen, $i) }'}}
                """).params("{\"lines\": [10, 20, 30]}");

        assertThat(run.json()).isEqualTo("{'sum':60,'seen':[0,1,2]}");
    }

    @Test
    void forNamesItsVariablesItemAndIndexByDefault() {
        FlowRun run = FlowRun.ofTasks(
                "- each: {for: {in: '${ [\"a\", \"b\"] }'}, do: [{x: {set: {last: '${ $item & $index }'}}}]}");

        assertThat(run.json()).isEqualTo("{'last':'b1'}");
    }

    @Test
    void forOverNothingHandsItsInputOn() {
        FlowRun run =
                FlowRun.ofTasks("- a: {set: {n: 1}}\n- each: {for: {in: '${ missing }'}, do: [{x: {set: {n: 2}}}]}");

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void forOverASingleValueRunsOnce() {
        FlowRun run = FlowRun.ofTasks("- each: {for: {in: '${ \"only\" }'}, do: [{x: {set: {got: '${ $item }'}}}]}");

        assertThat(run.json()).isEqualTo("{'got':'only'}");
    }

    @Test
    void whileEndsTheLoopBeforeAnIteration() {
        FlowRun run = FlowRun.ofTasks("""
                - start: {set: {n: 0}}
                - each: {for: {in: '${ [1, 2, 3, 4] }'}, while: '${ n < 2 }', do: [{x: {set: {n: '${ n + 1 }'}}}]}
                """);

        assertThat(run.json()).isEqualTo("{'n':2}");
    }

    @Test
    void loopVariablesEndWithTheLoop() {
        FlowRun run = FlowRun.ofTasks("""
                - each: {for: {in: '${ [1] }'}, do: [{x: {set: {x: 1}}}]}
                - after: {set: {gone: '${ $not($exists($item)) }'}}
                """);

        assertThat(run.json()).isEqualTo("{'gone':true}");
    }

    @Test
    void loopsNest() {
        FlowRun run = FlowRun.ofTasks("""
                - start: {set: {seen: []}}
                - outer:
                    for: {each: a, in: '${ [1, 2] }'}
                    do:
                      - inner:
                          for: {each: b, in: '${ ["x", "y"] }'}
                          do: [{add: {set: {seen: '${ $append(seen, $string($a) & $b) }'}}}]
                """);

        assertThat(run.json()).isEqualTo("{'seen':['1x','1y','2x','2y']}");
    }

    @ParameterizedTest
    @CsvSource({"1,first", "2,second", "3,other"})
    void switchGoesTheFirstWayThatIsTrue(int kind, String expected) {
        FlowRun run = FlowRun.ofTasks("""
                - choose:
                    switch:
                      - one: {when: '${ params.kind = 1 }', then: first}
                      - two: {when: '${ params.kind = 2 }', then: second}
                      - default: {then: other}
                - first: {set: {way: first}, then: end}
                - second: {set: {way: second}, then: end}
                - other: {set: {way: other}}
                """).params("{\"kind\": " + kind + "}");

        assertThat(run.json()).isEqualTo("{'way':'" + expected + "'}");
    }

    @Test
    void switchWithoutATrueWayGoesOnWithTheNextTask() {
        FlowRun run = FlowRun.ofTasks("""
                - choose: {switch: [{no: {when: '${ false }', then: end}}]}
                - after: {set: {n: 1}}
                """);

        assertThat(run.json()).isEqualTo("{'n':1}");
    }

    @Test
    void thenExitLeavesTheInnerListAlone() {
        FlowRun run = FlowRun.ofTasks("""
                - inner: {do: [{a: {if: 'true', set: {n: 1}, then: exit}}, {b: {set: {n: 2}}}]}
                - after: {set: {n: '${ n + 10 }'}}
                """);

        assertThat(run.json()).isEqualTo("{'n':11}");
    }

    @Test
    void thenEndEndsTheFlowFromWithinLoopsAndTries() {
        FlowRun run = FlowRun.ofTasks("""
                - each:
                    for: {in: '${ [1, 2, 3] }'}
                    do:
                      - careful:
                          try: [{a: {set: {n: '${ $item }'}}}, {stop: {switch: [{yes: {when: '${ n = 2 }', then: end}}]}}]
                          catch: {}
                - after: {set: {n: wrong}}
                """);

        assertThat(run.json()).isEqualTo("{'n':2}");
    }

    @Test
    void thenGoesBackAndForth() {
        FlowRun run = FlowRun.ofTasks("""
                - start: {set: {n: 0}}
                - more: {set: {n: '${ n + 1 }'}}
                - again: {switch: [{yes: {when: '${ n < 5 }', then: more}}]}
                - jump: {if: 'true', set: {n: '${ n * 10 }'}, then: last}
                - never: {set: {n: -1}}
                - last: {set: {n: '${ n + 1 }'}}
                """);

        assertThat(run.json()).isEqualTo("{'n':51}");
    }

    @Test
    void aHundredThousandItemsAreNoTrouble() {
        FlowRun run = FlowRun.ofTasks(
                        "- start: {set: {n: 0}}\n- each: {for: {in: '${ [1..100000] }'}, do: [{x: {set: {n: '${ n + 1 }'}}}]}")
                .bounds(java.time.Duration.ofSeconds(60), 1_000_000);

        assertThat(run.json()).isEqualTo("{'n':100000}");
    }
}
