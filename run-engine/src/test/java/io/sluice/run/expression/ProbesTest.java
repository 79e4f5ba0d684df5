package io.sluice.run.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would not end by themselves, or fill the heap. */
class ProbesTest {

    private static final Duration SAFETY = Duration.ofSeconds(20);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    endless recursion      | ($f := function($n) { 1 + $f($n + 1) }; $f(0))
                    endless tail recursion | ($f := function($n) { $f($n + 1) }; $f(0))
                    mutual recursion       | ($f := function($n) { $g($n) }; $g := function($n) { $f($n) }; $f(0))
                    exponential recursion  | ($f := function($n) { $n <= 1 ? 1 : $f($n - 1) + $f($n - 2) }; $f(60))
                    string doubling        | ($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("xxxxxxxxxx", 60)))
                    list doubling          | ($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1, 2, 3], 60)))
                    sum over a range       | $sum([1..10000000].($ * 2))
                    map over a range       | $map([1..10000000], function($v) { $v * 2 })
                    cartesian product      | [1..5000].($a := $; [1..5000].($b := $; [1..5000].{"x": $a + $b}))
                    cartesian by filter    | $count([1..3000][$ in [1..3000][$ in [1..3000]]])
                    reduce over a range    | $reduce([1..10000000], function($i, $j) { $i + $j })
                    sort of a range        | $sort([1..3000000], function($l, $r) { $l < $r })
                    join of a range        | $length($join([1..9000000].("xxxxxxxxxx")))
                    eval recursion         | ($s := "$eval($s)"; $eval($s))
                    eval of nested text    | $eval($pad("", 100000, "(") & "1" & $pad("", 100000, ")"))
                    bounds by parameter    | (function($__evaluate_entry) { ($f := function($n) { $f($n + 1) }; $f(0)) })()
                    """)
    void endsWithinItsBounds(String name, String source) {
        RunControl control = new RunControl(System::nanoTime, Duration.ofSeconds(1), 1_000, 10_000_000);

        AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
        assertTimeoutPreemptively(SAFETY, () -> {
            try {
                Expression.compile(source).evaluate(null, Map.of(), control);
            } catch (RuntimeException e) {
                end.set(e);
            }
        });

        assertThat(end.get())
                .as(name)
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(ExpressionException.class),
                        e -> assertThat(e).isInstanceOf(RunStopped.class));
    }

    /** Patterns that take years in other engines, and that Java's remembers its way through. */
    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "^(a|aa)+$", "^(a|a)*$", "(.*)*(.*)*(.*)*[0-9]$", "(a+a+)+b", "^(?=(a+)+b)a"})
    void catastrophicPatternEnds(String pattern) {
        RunControl control = new RunControl(System::nanoTime, Duration.ofSeconds(1), 1_000, 10_000_000);
        Expression expression = Expression.compile("$contains(\"" + "a".repeat(60) + "!\", /" + pattern + "/)");

        AtomicReference<@Nullable Object> found = new AtomicReference<>();
        assertTimeoutPreemptively(SAFETY, () -> found.set(expression.evaluate(null, Map.of(), control)));

        assertThat(found.get()).isEqualTo(false);
    }
}
