package io.sluice.run.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    private static String json(String source, String input) {
        return Json.text(Expression.compile(source).evaluate(Json.plain(Json.parse(input)), Map.of(), Bounds.NONE))
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    1 + 1                      | 2
                    0.5 * 3                    | 1.5
                    6 / 2                      | 3
                    "a" & 1                    | 'a1'
                    items.n                    | [1,2]
                    items[n > 1].n             | 2
                    items[n > 1].n[]           | [2]
                    $sum(items.n)              | 3
                    {"x": items.n}             | {'x':[1,2]}
                    missing                    | null
                    nothing                    | null
                    $exists(missing)           | false
                    $exists(nothing)           | true
                    [1..3]                     | [1,2,3]
                    $map([1, 2], function($v) { $v * 2 }) | [2,4]
                    """)
    void resultIsPlainData(String source, String expected) {
        assertThat(json(source, "{\"items\": [{\"n\": 1}, {\"n\": 2}], \"nothing\": null}"))
                .isEqualTo(expected);
    }

    @Test
    void resultOfOneExpressionMayBeTheInputOfAnother() {
        Object first = Expression.compile("items[n = 1]")
                .evaluate(Json.plain(Json.parse("{\"items\": [{\"n\": 1}]}")), Map.of(), Bounds.NONE);

        assertThat(Json.text(Expression.compile("[$, $]").evaluate(first, Map.of(), Bounds.NONE)))
                .isEqualTo("[{\"n\":1},{\"n\":1}]");
    }

    @Test
    void variablesAreSeenAndNothingStaysBehind() {
        Expression expression = Expression.compile("($before := $x; $x := 5; $before)");

        assertThat(expression.evaluate(null, Map.of("x", 1), Bounds.NONE)).isEqualTo(1);
        assertThat(expression.evaluate(null, new HashMap<>(), Bounds.NONE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "1 +", "a.", "{", "[1,", "\"open", "/(/", "$f(", "a := 1", "}"})
    void whatCannotBeParsedIsSaid(String source) {
        assertThatThrownBy(() -> Expression.compile(source)).isInstanceOf(ExpressionException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + \"a\"",
                "$number(\"x\")",
                "$unknown()",
                "$error(\"mine\")",
                "1 / 0",
                "$assert(false, \"no\")"
            })
    void whatFailsIsSaid(String source) {
        assertThatThrownBy(() -> Expression.compile(source).evaluate(null, Map.of(), Bounds.NONE))
                .isInstanceOf(ExpressionException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void functionCannotLeaveItsExpression() {
        assertThatThrownBy(() -> Expression.compile("function($x) { $x }").evaluate(null, Map.of(), Bounds.NONE))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void exceptionOfTheBoundsComesOutUnchanged() {
        IllegalStateException stop = new IllegalStateException("stop");

        assertThatThrownBy(() -> Expression.compile("$map([1, 2], function($x) { $x })")
                        .evaluate(null, Map.of(), depth -> {
                            if (depth > 1) {
                                throw stop;
                            }
                        }))
                .isSameAs(stop);
    }

    @Test
    void oneExpressionServesManyThreads() throws Exception {
        Expression expression = Expression.compile("($f := function($x) { $x * 2 }; $sum($map([1..50], $f)) + $n)");
        List<Future<@Nullable Object>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                int n = i;
                results.add(threads.submit(() -> expression.evaluate(null, Map.of("n", n), Bounds.NONE)));
            }
        }

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).get()).asString().isEqualTo(String.valueOf(2_550 + i));
        }
    }

    @Test
    void variablesAreSeenByNoOtherThread() throws Exception {
        Expression shared = Expression.compile("$secret");
        Expression sameText = Expression.compile("$secret");
        List<@Nullable Object> seen = new ArrayList<>();
        Bounds meanwhile = depth -> {
            Thread other = Thread.startVirtualThread(() -> {
                seen.add(shared.evaluate(null, Map.of(), Bounds.NONE));
                seen.add(sameText.evaluate(null, Map.of(), Bounds.NONE));
            });
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        shared.evaluate(null, Map.of("secret", "of one run"), meanwhile);

        assertThat(seen).hasSize(2).containsOnlyNulls();
    }

    @Test
    void bracketsInTextsDoNotCountAsNesting() {
        String brackets = "(".repeat(300);

        assertThat(Expression.compile('"' + brackets + '"').evaluate(null, Map.of(), Bounds.NONE))
                .isEqualTo(brackets);
    }
}
