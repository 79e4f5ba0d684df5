package io.sluice.run.testsupport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Flows and expressions that would not end by themselves, or fill the heap. */
public final class Probes {

    private static final String EVIL = "\"" + "a".repeat(400) + "!\"";
    private static final String EVIL_PATTERN = "/^(a|aa|aaa)*?(a*)*?(a*)*\\1\\2b$/";

    private Probes() {}

    /** JSONata by name. */
    public static Map<String, String> expressions() {
        Map<String, String> probes = """
                endless recursion      | ($f := function($n) { 1 + $f($n + 1) }; $f(0))
                endless tail recursion | ($f := function($n) { $f($n + 1) }; $f(0))
                mutual recursion       | ($f := function($n) { $g($n) }; $g := function($n) { $f($n) }; $f(0))
                exponential recursion  | ($f := function($n) { $n <= 1 ? 1 : $f($n - 1) + $f($n - 2) }; $f(60))
                string doubling        | ($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("xxxxxxxxxx", 60)))
                string by join         | ($f := function($s, $n) { $n = 0 ? $s : $f($join([$s, $s]), $n - 1) }; $length($f("xxxxxxxxxx", 60)))
                string by replace      | ($f := function($s, $n) { $n = 0 ? $s : $f($replace($s, "x", "xx"), $n - 1) }; $length($f("x", 60)))
                string by groups       | ($f := function($s, $n) { $n = 0 ? $s : $f($replace($s, /(x+)/, "$1$1"), $n - 1) }; $length($f("x", 60)))
                string by base64       | ($f := function($s, $n) { $n = 0 ? $s : $f($base64encode($s), $n - 1) }; $length($f("x", 200)))
                text of shared objects | ($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $length($string($f({}, 60))))
                join of shared objects | ($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; "" & $f({}, 60))
                equal shared objects   | ($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o, "b": $o}, $n - 1) }; $f({}, 60) = $f({}, 60))
                distinct shared lists  | ($f := function($o, $n) { $n = 0 ? $o : $f([[$o], [$o]], $n - 1) }; $distinct([[$f([], 60)], [$f([], 60)]]))
                truth of shared lists  | ($f := function($o, $n) { $n = 0 ? $o : $f([[$o], [$o]], $n - 1) }; $f([], 60) ? 1 : 2)
                error of shared lists  | ($f := function($o, $n) { $n = 0 ? $o : $f([[$o], [$o]], $n - 1) }; 1 + $f([], 60))
                deep object            | ($f := function($o, $n) { $n = 0 ? $o : $f({"a": $o}, $n - 1) }; $f({}, 100000))
                list doubling          | ($f := function($l, $n) { $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $count($f([1, 2, 3], 60)))
                list by constructor    | ($f := function($l, $n) { $n = 0 ? $l : $f([$l, $l], $n - 1) }; $count($f([1, 2, 3], 60)))
                list by path           | ($f := function($l, $n) { $n = 0 ? $l : $f([1..10].$l, $n - 1) }; $count($f([1, 2, 3], 60)))
                list by zip            | ($f := function($l, $n) { $n = 0 ? $l : $f($append($zip($l, $l), $zip($l, $l)), $n - 1) }; $count($f([1, 2, 3], 60)))
                list by spread         | ($f := function($l, $n) { $n = 0 ? $l : $f($spread([$l, $l]), $n - 1) }; $count($f([{"a": 1, "b": 2}], 60)))
                list by reduce         | $count($reduce([1..1000], function($l, $i) { $append($l, $l) }, [1, 2]))
                whole range            | [1..10000000]
                sum over a range       | $sum([1..10000000].($ * 2))
                map over a range       | $map([1..10000000], function($v) { $v * 2 })
                map by a built-in      | $map([1..10000000], $string)
                filter of a range      | $filter([1..10000000], function($v) { true })
                sort of a range        | $sort([1..10000000])
                reverse of a range     | $reverse([1..10000000])
                shuffle of a range     | $shuffle([1..10000000])
                distinct of a range    | $distinct([1..10000000])
                cartesian product      | [1..5000].($a := $; [1..5000].($b := $; [1..5000].{"x": $a + $b}))
                cartesian join         | ($o := {"i": [1..5000]}; $o.i@$a.i@$b.{"x": $a + $b})
                cartesian by filter    | $count([1..3000][$ in [1..3000][$ in [1..3000]]])
                reduce over a range    | $reduce([1..10000000], function($i, $j) { $i + $j })
                sort by a function     | $sort([1..3000000], function($l, $r) { $l < $r })
                join of a range        | $length($join([1..9000000].("xxxxxxxxxx")))
                pad                    | $pad("x", 300000000)
                pad to the left        | $pad("x", -300000000, "ab")
                pad by application     | ($p := $pad(?, 300000000); $p("x"))
                match                  | $match(EVIL, PATTERN)
                replace                | $replace(EVIL, PATTERN, "x")
                replace by a function  | $replace(EVIL, PATTERN, function($m) { "x" })
                split                  | $split(EVIL, PATTERN)
                contains               | $contains(EVIL, PATTERN)
                contains in a filter   | [EVIL][$contains($, PATTERN)]
                regex as a function    | PATTERN(EVIL)
                regex by application   | EVIL ~> PATTERN
                regex in a variable    | ($r := PATTERN; $f := function($s) { $r($s) }; $f(EVIL))
                contains partially     | ($c := $contains(?, PATTERN); $c(EVIL))
                """.lines().map(line -> line.split(" +\\| ", 2)).collect(Collectors.toMap(
                probe -> probe[0],
                probe -> probe[1].replace("EVIL", EVIL).replace("PATTERN", EVIL_PATTERN),
                (a, b) -> a,
                LinkedHashMap::new));
        return probes;
    }

    /** Lists of tasks by name; none of them calls anybody. */
    public static Map<String, String> tasks() {
        Map<String, String> flows = new LinkedHashMap<>();
        flows.put("endless then", "- a: {set: {z: 1}}\n- b: {set: {z: 1}, then: a}");
        flows.put(
                "string doubling", "- first: {set: {s: xxxxxxxxxx}}\n- double: {set: {s: '${ s & s }'}, then: double}");
        flows.put("string doubling in the context", """
                - double:
                    set: {z: 1}
                    export: {as: {s: '${ $context.s ? $context.s & $context.s : "xxxxxxxxxx" }'}}
                    then: double
                """);
        flows.put("list doubling", "- first: {set: {l: [1, 2]}}\n- double: {set: {l: '${ [l, l] }'}, then: double}");
        flows.put(
                "object doubling",
                "- first: {set: {o: {z: 1}}}\n- double: {set: {o: {a: '${ o }', b: '${ o }'}}, then: double}");
        flows.put("nested loops", """
                - a:
                    for: {in: '${ [1..1000] }'}
                    do: [{b: {for: {in: '${ [1..1000] }'}, do: [{c: {set: {x: 1}}}]}}]
                """);
        return flows;
    }
}
