package io.sluice.run.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.Probes;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would not end by themselves, or fill the heap. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExpressionProbesTest {

    private static RunControl control() {
        return FlowRun.control(Duration.ofSeconds(2), 1_000);
    }

    static Stream<Arguments> probes() {
        return Probes.expressions().entrySet().stream().map(probe -> Arguments.of(probe.getKey(), probe.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("probes")
    void endsWithItsLimit(String name, String source) {
        Expression expression = Expression.compile(source);
        RunControl control = control();

        RunStopped.LimitReached stopped =
                catchThrowableOfType(RunStopped.LimitReached.class, () -> expression.evaluate(null, Map.of(), control));

        assertThat(stopped).as(name).isNotNull();
        assertThat(stopped.error().detail())
                .matches("The limit is (timeout|expression-nodes|expression-depth|value-bytes|run-bytes) = .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "($s := \"$eval($s)\"; $eval($s))",
                "(function($__evaluate_entry) { ($f := function($n) { $f($n + 1) }; $f(0)) })()",
            })
    void whatBypassesTheBoundsIsNotCompiled(String source) {
        assertThatThrownBy(() -> Expression.compile(source)).isInstanceOf(ExpressionException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$round(1.5, 1000000000)",
                "$formatInteger(9000000000000000, \"I\")",
                "$fromMillis(0, \"[Y0001,*-2000000000]\")",
                "$fromMillis(0, \"[D1,2000 000000]\")",
                "$now(\"[Y1,99999999]\")",
                "$toMillis($pad(\"!\", -100, \"a\"), \"[FN][FN][FN][FN][FN][FN][FN][FN]\")",
                "$toMillis($pad(\"!\", -100, \"1\"), \"[Y][M][D][H][m][s][f]\")",
                "$formatNumber(1, $pad(\"\", 100000, \"0\"))",
                "$formatInteger(1, $pad(\"\", 100000, \"0\"))",
                "$parseInteger($pad(\"\", 100000, \"M\"), \"I\")",
            })
    void absurdPictureIsRefused(String source) {
        Expression expression = Expression.compile(source);
        RunControl control = control();

        assertThatThrownBy(() -> expression.evaluate(null, Map.of(), control)).isInstanceOf(ExpressionException.class);
    }

    /** Patterns that take years in other engines, and that Java's remembers its way through. */
    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "^(a|a)*$", "(.*)*(.*)*(.*)*[0-9]$", "(a+a+)+b", "^(?=(a+)+b)a"})
    void patternThatOnlyLooksCatastrophicIsAnswered(String pattern) {
        Expression expression = Expression.compile("$contains(\"" + "a".repeat(60) + "!\", /" + pattern + "/)");

        assertThat(expression.evaluate(null, Map.of(), control())).isEqualTo(false);
    }

    @Test
    void overflowOfTheStackInsideAPatternIsALimit() {
        Expression expression = Expression.compile("$contains($pad(\"\", 1000000, \"ab\"), /^(a|b)*$/)");
        RunControl control = control();

        assertThat(catchThrowableOfType(
                                RunStopped.LimitReached.class, () -> expression.evaluate(null, Map.of(), control))
                        .error()
                        .detail())
                .isEqualTo("The limit is expression-depth = 500");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ($l := [1..1000]; $sum($map([1..1000], function($i) { $l[$i - 1] })))             | 500500
            $count($reduce([1..2000], function($l, $i) { $append($l, $i) }, []))              | 2000
            $length($join([1..10000].$string($), ","))                                        | 48893
            $sum([1..100000].($ * 2))                                                         | 10000100000
            $count($distinct([1..10000].($ % 7)))                                             | 7
            $length($pad("x", 1000000))                                                       | 1000000
            $count($split($join([1..10000].$string($), ","), /,/))                            | 10000
            $count([1..300].($a := $; [1..300].($a * $)))                                     | 90000
            """)
    void honestWorkIsDone(String source, String expected) {
        RunControl control = FlowRun.control(Duration.ofSeconds(30), Limits.DEFAULT);

        assertThat(Expression.compile(source).evaluate(null, Map.of(), control)).hasToString(expected);
    }
}
