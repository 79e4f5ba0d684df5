package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.run.expression.Json;
import io.sluice.run.testsupport.Flows;
import io.sluice.run.testsupport.LocalTarget;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCompilerTest {

    private static final String HEAD = """
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
            evaluate: {language: jsonata}
            use: {authentications: {shop: {bearer: {use: shop}}}}
            """;

    private static final String DO = "do: [{a: {set: {x: 1}}}]\n";

    private static Flow compiled(String document) {
        return FlowCompiler.compile(FlowCompiler.read(document));
    }

    private static Flow tasks(String tasks) {
        return compiled(HEAD + "do:\n" + tasks.indent(2));
    }

    private static List<FieldProblem> problems(String document) {
        return catchThrowableOfType(FlowException.class, () -> compiled(document))
                .problems();
    }

    @Test
    void exampleOfTheDescriptionCompiles() {
        Flow flow = compiled(Flows.stockPolling());

        assertThat(flow.reference()).isEqualTo("library/stock-polling:1.0.0");
        assertThat(flow.title()).isEqualTo("Stock polling with a cursor");
        assertThat(flow.authentications()).containsExactlyInAnyOrder("supplier", "shop");
        assertThat(flow.timeout()).isEqualTo(Duration.ofMinutes(4));
        assertThat(flow.usesContext()).isTrue();
        assertThat(flow.parameters().path("required")).hasSize(3);
        assertThat(flow.tasks().tasks())
                .extracting(task -> task.frame().name())
                .containsExactly("page", "deliver", "more", "done");
        assertThat(flow.tasks().tasks())
                .extracting(task -> task.frame().pointer())
                .containsExactly("/do/0/page", "/do/1/deliver", "/do/2/more", "/do/3/done");
    }

    @Test
    void everyKindOfTaskCompiles() {
        Flow flow = tasks("""
                - a: {set: {x: '${ 1 }'}}
                - b: {do: [{b1: {set: {x: 1}}}]}
                - c: {for: {each: i, at: n, in: '${ [1] }'}, while: '${ true }', do: [{c1: {set: {x: 1}}}]}
                - d: {switch: [{one: {when: '${ true }', then: a}}, {other: {then: continue}}]}
                - e: {try: [{e1: {set: {x: 1}}}], catch: {errors: {with: {status: 404}}, as: e, when: 'true', exceptWhen: 'false', retry: {delay: PT1S, backoff: {linear: {}}, limit: {attempt: {count: 20}, duration: {minutes: 1}}, jitter: {from: {milliseconds: 1}, to: {milliseconds: 2}}}, do: [{e2: {set: {x: 1}}}]}}
                - f: {call: http, with: {method: post, endpoint: {uri: 'https://a.example', authentication: {use: shop}}, headers: {A: b}, query: {c: d}, body: {}, output: response}}
                - g: {wait: {days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1}}
                - h: {set: '${ $ }', if: '${ true }', input: {from: '${ $ }'}, output: {as: '${ $ }'}, export: {as: '${ $ }'}, timeout: {after: PT5S}, then: continue, metadata: {a: [b]}}
                - i: {raise: {error: {type: 'https://a.example/e', status: 400, title: T, detail: D}}, if: '${ true }', input: {from: '${ $ }'}}
                """);

        assertThat(flow.tasks().tasks())
                .extracting(Task::kind)
                .containsExactly("set", "do", "for", "switch", "try", "call", "wait", "set", "raise");
        assertThat(flow.usesContext()).isTrue();
    }

    @Test
    void jsonIsReadAsWell() {
        Flow flow = compiled("""
                {"document": {"dsl": "1.0.0", "namespace": "a", "name": "b", "version": "0.0.1"},
                 "evaluate": {"language": "jsonata"}, "do": [{"x": {"set": {"x": 1}}}]}
                """);

        assertThat(flow.reference()).isEqualTo("a/b:0.0.1");
        assertThat(flow.usesContext()).isFalse();
        assertThat(flow.title()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "just text", "[1, 2]", "a: [", "\t", "null", "a: 1\n---\nb: 2\n"})
    void whatIsNoDocumentIsRefused(String text) {
        assertThat(catchThrowableOfType(FlowException.class, () -> FlowCompiler.read(text))
                        .problems())
                .singleElement()
                .extracting(FieldProblem::pointer)
                .isEqualTo("");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(problems("document: {}\ndo: [{a: {run: {}}}, {b: {wait: soon}}]\n"))
                .extracting(FieldProblem::pointer)
                .contains(
                        "/document/dsl",
                        "/document/namespace",
                        "/document/name",
                        "/document/version",
                        "/evaluate/language",
                        "/do/0/a/run",
                        "/do/1/b/wait");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void documentOutsideTheProfileIsRefusedAtItsPlace(String document, String pointer) {
        assertThat(problems(document)).extracting(FieldProblem::pointer).contains(pointer);
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of(HEAD, "/do"),
                Arguments.of(HEAD + "do: []", "/do"),
                Arguments.of(HEAD + "do: {a: {set: {x: 1}}}", "/do"),
                Arguments.of(HEAD + DO + "extra: 1", "/extra"),
                Arguments.of(HEAD.replace("dsl: '1.0.3'", "dsl: '2.0.0'") + DO, "/document/dsl"),
                Arguments.of(HEAD.replace("dsl: '1.0.3', ", "") + DO, "/document/dsl"),
                Arguments.of(HEAD.replace("namespace: test", "namespace: Test") + DO, "/document/namespace"),
                Arguments.of(HEAD.replace("name: flow", "name: 'a_b'") + DO, "/document/name"),
                Arguments.of(HEAD.replace("name: flow", "name: '-a'") + DO, "/document/name"),
                Arguments.of(HEAD.replace("name: flow", "name: " + "a".repeat(64)) + DO, "/document/name"),
                Arguments.of(HEAD.replace("'1.0.0'", "'1.0'") + DO, "/document/version"),
                Arguments.of(HEAD.replace("'1.0.0'", "'01.0.0'") + DO, "/document/version"),
                Arguments.of(HEAD.replace("name: flow", "name: flow, owner: me") + DO, "/document/owner"),
                Arguments.of(HEAD.replace("evaluate: {language: jsonata}", "") + DO, "/evaluate/language"),
                Arguments.of(HEAD.replace("jsonata", "jq") + DO, "/evaluate/language"),
                Arguments.of(
                        HEAD.replace("language: jsonata", "language: jsonata, mode: loose") + DO, "/evaluate/mode"),
                Arguments.of(HEAD.replace("authentications", "functions") + DO, "/use/functions"),
                Arguments.of(HEAD.replace("bearer", "digest") + DO, "/use/authentications/shop/digest"),
                Arguments.of(
                        HEAD.replace("{use: shop}", "{token: abc}") + DO, "/use/authentications/shop/bearer/token"),
                Arguments.of(HEAD + DO + "timeout: {after: soon}", "/timeout/after"),
                Arguments.of(HEAD + DO + "timeout: {before: PT1S}", "/timeout/before"),
                Arguments.of(HEAD + DO + "timeout: {after: {fortnights: 1}}", "/timeout/after/fortnights"),
                Arguments.of(HEAD + DO + "timeout: {after: {days: 367}}", "/timeout/after"),
                Arguments.of(HEAD + DO + "timeout: {after: PT-1S}", "/timeout/after"),
                Arguments.of(HEAD + DO + "timeout: {after: {}}", "/timeout/after"),
                Arguments.of(HEAD + DO + "input: {to: 1}", "/input/to"),
                Arguments.of(HEAD + DO + "input: {from: '${ 1 + }'}", "/input/from"),
                Arguments.of(
                        HEAD + DO + "input: {schema: {resource: {endpoint: 'file:///etc/passwd'}}}",
                        "/input/schema/resource"),
                Arguments.of(HEAD + DO + "input: {schema: {document: x}}", "/input/schema/document"),
                Arguments.of(
                        HEAD + DO + "input: {schema: {document: {properties: {a: {$ref: 'http://a.example'}}}}}",
                        "/input/schema/document/properties/a/$ref"),
                Arguments.of(
                        HEAD + DO + "input: {schema: {document: {allOf: [{$dynamicRef: '#a'}]}}}",
                        "/input/schema/document/allOf/0/$dynamicRef"),
                Arguments.of(HEAD + DO + "input: {schema: {document: {type: 5}}}", "/input/schema/document/type"),
                Arguments.of(HEAD + DO + "input: {schema: {document: {pattern: '('}}}", "/input/schema/document"),
                Arguments.of(
                        HEAD + DO + "input: {schema: {document: {$schema: 'http://a.example/x'}}}",
                        "/input/schema/document/$schema"),
                Arguments.of(HEAD + DO + "timeout: {after: {seconds: 1.5}}", "/timeout/after/seconds"),
                Arguments.of(HEAD + DO + "timeout: {after: {days: 9999999999999999}}", "/timeout/after/days"),
                Arguments.of(HEAD + DO + "timeout: {after: P99999999999999D}", "/timeout/after"),
                Arguments.of(HEAD.replace("1.0.3", "1.0anything") + DO, "/document/dsl"),
                Arguments.of(HEAD.replace("1.0.3", "1.05") + DO, "/document/dsl"),
                Arguments.of(HEAD.replace("{bearer: {use: shop}}", "5") + DO, "/use/authentications/shop"),
                Arguments.of(HEAD + "do: [{exit: {set: {x: 1}}}]", "/do/0"),
                Arguments.of(HEAD + "do: [{'': {set: {x: 1}}}]", "/do/0"),
                Arguments.of(HEAD + DO + "output: {from: 1}", "/output/from"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongTasks")
    void taskOutsideTheProfileIsRefusedAtItsPlace(String task, String pointer) {
        assertThat(problems(HEAD + "do:\n  - a: " + task + "\n"))
                .extracting(FieldProblem::pointer)
                .contains("/do/0/a" + pointer);
    }

    static Stream<Arguments> wrongTasks() {
        return Stream.of(
                Arguments.of("{run: {script: {}}}", "/run"),
                Arguments.of("{listen: {to: {}}}", "/listen"),
                Arguments.of("{emit: {event: {}}}", "/emit"),
                Arguments.of("{fork: {branches: []}}", "/fork"),
                Arguments.of("{set: {x: 1}, run: {}}", "/run"),
                Arguments.of("{}", ""),
                Arguments.of("1", ""),
                Arguments.of("{set: {x: 1}, wait: PT1S}", ""),
                Arguments.of("{set: [1]}", "/set"),
                Arguments.of("{set: {x: '${ ( }'}}", "/set/x"),
                Arguments.of("{set: {x: 1}, foo: 1}", "/foo"),
                Arguments.of("{set: {x: 1}, if: true}", "/if"),
                Arguments.of("{set: {x: 1}, if: '${ 1 + }'}", "/if"),
                Arguments.of("{set: {x: 1}, then: nowhere}", "/then"),
                Arguments.of("{set: {x: 1}, then: 3}", "/then"),
                Arguments.of("{set: {x: 1}, input: {schema: {}}}", "/input/schema"),
                Arguments.of("{set: {x: 1}, output: {schema: {}}}", "/output/schema"),
                Arguments.of("{set: {x: 1}, export: {to: x}}", "/export/to"),
                Arguments.of("{set: {x: 1}, timeout: PT1S}", "/timeout"),
                Arguments.of("{do: []}", "/do"),
                Arguments.of("{do: [{b: {fork: {}}}]}", "/do/0/b/fork"),
                Arguments.of("{do: [{b: {set: {x: 1}}, c: {set: {x: 1}}}]}", "/do/0"),
                Arguments.of("{do: [{b: {set: {x: 1}}}, {b: {set: {x: 1}}}]}", "/do/1/b"),
                Arguments.of("{do: [{b: {set: {x: 1}, then: a}}]}", "/do/0/b/then"),
                Arguments.of("{for: {each: x}, do: [{b: {set: {x: 1}}}]}", "/for/in"),
                Arguments.of("{for: {in: [1, 2]}, do: [{b: {set: {x: 1}}}]}", "/for/in"),
                Arguments.of("{for: {in: '${ $ }', by: 2}, do: [{b: {set: {x: 1}}}]}", "/for/by"),
                Arguments.of("{switch: []}", "/switch"),
                Arguments.of("{switch: [{x: {if: 'true', then: end}}]}", "/switch/0/x/if"),
                Arguments.of("{switch: [{x: {when: '${ ( }', then: end}}]}", "/switch/0/x/when"),
                Arguments.of("{try: [{b: {set: {x: 1}}}]}", "/catch"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {errors: {with: {type: x}}}}", "/catch/errors/with/type"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {retry: {limit: {attempt: {count: 21}}}}}",
                        "/catch/retry/limit/attempt/count"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {retry: {limit: {attempt: {count: 0}}}}}",
                        "/catch/retry/limit/attempt/count"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {retry: {backoff: {random: {}}}}}",
                        "/catch/retry/backoff/random"),
                Arguments.of("{try: [{b: {set: {x: 1}}}], catch: {retry: {delay: later}}}", "/catch/retry/delay"),
                Arguments.of("{try: [{b: {set: {x: 1}}}], catch: {retry: {when: x}}}", "/catch/retry/when"),
                Arguments.of("{try: [{b: {set: {x: 1}}}], catch: {finally: []}}", "/catch/finally"),
                Arguments.of("{call: grpc, with: {}}", "/call"),
                Arguments.of("{call: openapi, with: {}}", "/call"),
                Arguments.of("{call: http}", "/with"),
                Arguments.of("{call: http, with: {endpoint: 'https://a.example'}}", "/with/method"),
                Arguments.of("{call: http, with: {method: trace, endpoint: 'https://a.example'}}", "/with/method"),
                Arguments.of("{call: http, with: {method: get}}", "/with/endpoint"),
                Arguments.of("{call: http, with: {method: get, endpoint: 'https://a.example/{id}'}}", "/with/endpoint"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: {uri: 'https://a.example/{id}'}}}",
                        "/with/endpoint/uri"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: {uri: 'https://a.example', authentication: {use: nobody}}}}",
                        "/with/endpoint/authentication/use"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: {uri: 'https://a.example', authentication: {basic: {username: u, password: p}}}}}",
                        "/with/endpoint/authentication/basic"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', redirect: true}}",
                        "/with/redirect"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', output: xml}}",
                        "/with/output"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', headers: [1]}}",
                        "/with/headers"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', query: {q: '${ ( }'}}}",
                        "/with/query/q"),
                Arguments.of("{wait: soon}", "/wait"),
                Arguments.of("{wait: {weeks: 1}}", "/wait/weeks"),
                Arguments.of("{raise: {error: {title: x}}}", "/raise/error/status"),
                Arguments.of("{raise: {error: {status: 400, code: 1}}}", "/raise/error/code"),
                Arguments.of("{raise: {problem: {}}}", "/raise/problem"),
                Arguments.of("{set: text}", "/set"),
                Arguments.of("{switch: [x]}", "/switch/0"),
                Arguments.of("{switch: [{x: {when: 'true', then: end}, y: {then: end}}]}", "/switch/0"),
                Arguments.of("{switch: [{x: {when: 'true'}}]}", "/switch/0/x/then"),
                Arguments.of("{switch: [{x: {when: 'true', then: nowhere}}]}", "/switch/0/x/then"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {retry: {limit: {attempt: {count: many}}}}}",
                        "/catch/retry/limit/attempt/count"),
                Arguments.of(
                        "{try: [{b: {set: {x: 1}}}], catch: {retry: {jitter: {about: PT1S}}}}",
                        "/catch/retry/jitter/about"),
                Arguments.of("{try: [{b: {set: {x: 1}}}], catch: {as: 5}}", "/catch/as"),
                Arguments.of("{try: [{b: {set: {x: 1}}}], catch: {as: 'no name'}}", "/catch/as"),
                Arguments.of("{for: {each: {}, in: '${ [1] }'}, do: [{b: {set: {x: 1}}}]}", "/for/each"),
                Arguments.of("{for: {each: context, in: '${ [1] }'}, do: [{b: {set: {x: 1}}}]}", "/for/each"),
                Arguments.of("{for: {each: __evaluate_entry, in: '${ [1] }'}, do: [{b: {set: {x: 1}}}]}", "/for/each"),
                Arguments.of("{set: {x: '${ $eval(\"1\") }'}}", "/set/x"),
                Arguments.of("{set: {x: '${ ($__evaluate_entry := 1; 2) }'}}", "/set/x"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', query: {'a/b': '${ ( }'}}}",
                        "/with/query/a~1b"),
                Arguments.of(
                        "{call: http, with: {method: get, endpoint: 'https://a.example', headers: {'a b': x}}}",
                        "/with/headers/a b"),
                Arguments.of("{wait: {seconds: 1.5}}", "/wait/seconds"));
    }

    @Test
    void expressionThatIsTooLongIsRefused() {
        assertThat(problems(HEAD + "do: [{a: {set: {x: '${ " + "1+".repeat(5_000) + "1 }'}}}]"))
                .extracting(FieldProblem::pointer)
                .containsExactly("/do/0/a/set/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{", "-", "a.", "$f(", "1+", "not ", "a[", "a?", "function($x){", "|a|"})
    void deepExpressionIsRefusedOrCompiled(String opening) {
        String document = HEAD + "do: [{a: {set: {x: \"${ " + opening.repeat(9_000 / opening.length()) + "1 }\"}}}]";

        Throwable thrown = catchThrowable(() -> compiled(document));

        assertThat(thrown)
                .satisfiesAnyOf(t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(FlowException.class));
    }

    @Test
    void tasksNestOnlySoDeep() {
        String document = HEAD + "do: [{a: " + nested(21) + "}]";

        assertThat(problems(document))
                .hasSize(1)
                .first()
                .satisfies(problem -> assertThat(problem.detail()).contains("deep"));
    }

    @Test
    void namesWithSlashesAreEscapedInPointers() {
        assertThat(problems(HEAD + "do: [{'a/b~c': {fork: {}}}]"))
                .extracting(FieldProblem::pointer)
                .containsExactly("/do/0/a~1b~0c/fork");
    }

    @Test
    void parametersAreValidatedWithThePointerOfTheField() {
        Flow flow = compiled(Flows.stockPolling());

        List<FieldProblem> problems = ParameterSchema.violations(
                flow.parameters(), Json.parse("{\"supplierUrl\": 1, \"since\": \"yesterday\"}"), "/configuration");

        assertThat(problems)
                .extracting(FieldProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/configuration/shopUrl", "/configuration/supplierUrl", "/configuration/since");
    }

    @Test
    void slotsOfEachPolicyAreTaken() {
        Flow flow = compiled(HEAD.replace(
                        "{shop: {bearer: {use: shop}}}",
                        "{a: {basic: {use: a}}, b: {bearer: {use: b}}, c: {oauth2: {use: c}}}")
                + DO);

        assertThat(flow.authentications()).isEqualTo(Set.of("a", "b", "c"));
    }

    @Test
    void listThatIsTooDeepIsComplainedOfAloneAndItsSiblingsAreNot() {
        assertThat(problems(HEAD + "do: [{a: " + nested(21) + "}, {b: " + nested(19) + "}]"))
                .hasSize(1);
    }

    private static String nested(int times) {
        String nested = "{set: {x: 1}}";
        for (int i = 0; i < times; i++) {
            nested = "{do: [{a: " + nested + "}]}";
        }
        return nested;
    }

    @Test
    void schemaOfParametersNeverCallsOut() {
        try (LocalTarget target = new LocalTarget()) {
            target.on("/", 200, "{}");
            JsonNode schema = Json.parse("{\"$schema\": \"" + target.url("/x") + "\", \"type\": \"object\"}");

            var _ = catchThrowable(() -> ParameterSchema.violations(schema, Json.parse("{}"), ""));

            assertThat(target.seen()).isEmpty();
        }
    }
}
