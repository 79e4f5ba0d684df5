package io.sluice.run.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltinsTest {

    private static String json(String source) {
        return Json.text(Expression.compile(source).evaluate(null, Map.of(), Bounds.NONE))
                .replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            $match("ab12cd3", /[0-9]+/)                       | [{'match':'12','groups':[],'index':2},{'match':'3','groups':[],'index':6}]
            $match("ab12cd3", /([a-z])([0-9])/, 1)            | {'match':'b1','groups':['b','1'],'index':1}
            $match("abc", /x/)                                | null
            $contains("Hello", /hell/i)                       | true
            $contains("Hello", "ell")                         | true
            $contains("Hello", /hell/)                        | false
            $contains("a+c", "+")                             | true
            $substringBefore("a.b.c", ".")                    | 'a'
            $substringBefore("abc", "x")                      | 'abc'
            $substringAfter("a.b.c", ".")                     | 'b.c'
            $substringAfter("abc", "x")                       | 'abc'
            $split("a, b,c", /,\\s*/)                         | ['a','b','c']
            $split("a,b,,", ",")                              | ['a','b','','']
            $split("a,b,c", ",", 2)                           | ['a','b']
            $split("abc", "")                                 | ['a','b','c']
            $split("a.b", ".")                                | ['a','b']
            $replace("a.b.c", ".", "-")                       | 'a-b-c'
            $replace("a.b.c", ".", "-", 1)                    | 'a-b.c'
            $replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1") | 'Smith, John'
            $replace("265USD", /([0-9]+)USD/, "$$$1")         | '$265'
            $replace("abc", /(b)/, "[$0$12$3]")               | 'a[bb2]c'
            $replace("abc", /b/, "$x")                        | 'a$xc'
            $replace("ab", /[a-z]/, function($m) { $uppercase($m.match) & $m.groups[0] }) | 'AB'
            $replace("ab", /([a-z])/, function($m) { $m.groups[0] & "$1" })               | 'a$1b$1'
            /b/("abc").start                                  | 1
            ("abc" ~> /(b)/).groups                           | ['b']
            /b/("xyz")                                        | null
            $substring("hello", 1, 3)                         | 'ell'
            $substring("hello", -3)                           | 'llo'
            $substring("hello", -3, 2)                        | 'll'
            $substring("hello", 9)                            | ''
            $substring("h\\u00e9llo", 1, 99)                  | 'éllo'
            $pad("x", 3) & "!"                                | 'x  !'
            $pad("x", -3, "ab")                               | 'abx'
            $distinct([1, 2, 1, {"a": 1}, {"a": 1}])          | [1,2,{'a':1}]
            $spread([{"a": 1, "b": 2}, {"c": 3}])             | [{'a':1},{'b':2},{'c':3}]
            $spread("x")                                      | 'x'
            $map(["a", "b"], $uppercase)                      | ['A','B']
            ($f := $substring(?, 0, 2); $f("hello"))          | 'he'
            $string({"a": [1, "x"]})                          | '{\\'a\\':[1,\\'x\\']}'
            "" & 1000.0                                       | '1000'
            $zip([1, 2], [3, 4])                              | [[1,3],[2,4]]
            {"a": null}                                       | {'a':null}
            [null, 1]                                         | [null,1]
            $toMillis("13 March 1970", "[D1] [MNn] [Y0001]")  | 6134400000
            $toMillis("19700313", "[Y0001][M01][D01]")        | 6134400000
            $fromMillis(0, "[Y0001]-[M01]-[D01]")             | '1970-01-01'
            """)
    void resultIsAsJsonataHasIt(String source, String expected) {
        assertThat(json(source)).isEqualTo(expected);
    }

    @Test
    void transformationChangesACopy() {
        assertThat(json("($o := {\"a\": 1}; [$o ~> |$|{\"b\": 2}|, $o])")).isEqualTo("[{'a':1,'b':2},{'a':1}]");
    }

    @Test
    void nowIsTheTimeOfTheEvaluation() {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-11-24T05:55:00Z"));
        Bounds bounds = new Bounds() {
            @Override
            public void check(int depth) {
                time.updateAndGet(before -> before.plusSeconds(1));
            }

            @Override
            public Instant now() {
                return java.util.Objects.requireNonNull(time.get());
            }
        };
        Expression expression = Expression.compile("{\"now\": $now(), \"same\": $now() = $fromMillis($millis())}");

        Object first = expression.evaluate(null, Map.of(), bounds);
        Object second = expression.evaluate(null, Map.of(), bounds);

        assertThat(first).asString().contains("now=2026-11-24T05:55:", "same=true");
        assertThat(second).asString().contains("same=true").isNotEqualTo(String.valueOf(first));
    }

    @Test
    void nowIsWrittenAsAsked() {
        assertThat(json("$now('[Y0001]', '+0000')")).isEqualTo("'1970'");
    }
}
