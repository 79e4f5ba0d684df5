package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would have no effect, or another one than it says, is refused with its place and a reason. */
class RefusedFlowsTest {

    static final String HEAD = """
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
            evaluate: {language: jsonata}
            use: {authentications: {shop: {bearer: {use: shop}}}}
            """;

    private static final String DO = "do: [{a: {set: {x: 1}}}]\n";
    private static final String TRY = "{try: [{b: {set: {x: 1}}}], catch: ";

    private static List<FieldProblem> problems(String document) {
        return catchThrowableOfType(FlowException.class, () -> FlowCompiler.compile(FlowCompiler.read(document)))
                .problems();
    }

    private static void refused(String document, String pointer, String reason) {
        assertThat(problems(document)).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.detail()).contains(reason);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tops")
    void documentIsRefusedAtItsPlaceWithAReason(String top, String pointer, String reason) {
        refused(HEAD + DO + top, pointer, reason);
    }

    static Stream<Arguments> tops() {
        return Stream.of(
                Arguments.of("schedule: {}", "/schedule", "one of every and cron"),
                Arguments.of("schedule: {every: PT1M, cron: '0 9 * * *'}", "/schedule", "one of every and cron"),
                Arguments.of("schedule: {on: {one: {with: {type: x}}}}", "/schedule/on", "no event bus"),
                Arguments.of("schedule: {after: PT1M}", "/schedule/after", "use every or cron"),
                Arguments.of("schedule: {every: PT0S}", "/schedule/every", "longer than nothing"),
                Arguments.of("schedule: {every: {milliseconds: 10}}", "/schedule/every", "PT1S"),
                Arguments.of("schedule: {every: often}", "/schedule/every", "ISO 8601"),
                Arguments.of("schedule: {every: PT1M, zone: UTC}", "/schedule/zone", "every"),
                Arguments.of("schedule: {cron: daily}", "/schedule/cron", "fields"),
                Arguments.of("schedule: {cron: '0 0 30 2 *'}", "/schedule/cron", "never fires"),
                Arguments.of("schedule: {cron: 5}", "/schedule/cron", "text"),
                Arguments.of("schedule: daily", "/schedule", "object"),
                Arguments.of("input: {schema: {format: avro, document: {}}}", "/input/schema/format", "write json"),
                Arguments.of("input: {schema: {document: {type: array}}}", "/input/schema/document/type", "object"),
                Arguments.of(
                        "input: {schema: {resource: {endpoint: 'https://a.example/s'}}}",
                        "/input/schema/resource",
                        "loaded from elsewhere"),
                Arguments.of(
                        "input: {schema: {document: {properties: {a: {$ref: 'https://a.example/s'}}}}}",
                        "/input/schema/document/properties/a/$ref",
                        "in place"),
                Arguments.of("input: {from: text}", "/input/from", "expression"),
                Arguments.of("output: {}", "/output/as", "expression"),
                Arguments.of("output: {as: 5}", "/output/as", "expression"),
                Arguments.of("timeout: {after: PT0S}", "/timeout/after", "longer than nothing"),
                Arguments.of("timeout: {after: {minutes: 0}}", "/timeout/after", "longer than nothing"),
                Arguments.of("timeout: {after: {minutes: 1, seconds: -1}}", "/timeout/after/seconds", "between"),
                Arguments.of("timeout: {after: '${ \"PT1S\" }'}", "/timeout/after", "constant"),
                Arguments.of("timeout: {after: P1M}", "/timeout/after", "days, hours"),
                Arguments.of("timeout: standard", "/timeout", "object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void slotsAreRefusedAtTheirPlace(String use, String pointer, String reason) {
        refused(HEAD.replaceAll("use: .*\n", "use: " + use + "\n") + DO, pointer, reason);
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("{authentications: [shop]}", "/use/authentications", "object"),
                Arguments.of("{authentications: {shop: bearer}}", "/use/authentications/shop", "object"),
                Arguments.of("{authentications: {shop: {}}}", "/use/authentications/shop", "one of basic"),
                Arguments.of(
                        "{authentications: {shop: {digest: {use: shop}}}}",
                        "/use/authentications/shop/digest",
                        "not offered"),
                Arguments.of(
                        "{authentications: {shop: {oidc: {use: shop}}}}",
                        "/use/authentications/shop/oidc",
                        "not offered"),
                Arguments.of(
                        "{authentications: {shop: {basic: {username: a, password: b}}}}",
                        "/use/authentications/shop/basic/password",
                        "never sees a secret"),
                Arguments.of(
                        "{authentications: {shop: {basic: {use: other}}}}",
                        "/use/authentications/shop/basic/use",
                        "own name"),
                Arguments.of("{authentications: {'a/b': {basic: {use: a/b}}}}", "/use/authentications/a~1b", "letters"),
                Arguments.of("{secrets: [a]}", "/use/secrets", "never sees a secret"),
                Arguments.of("{functions: {}}", "/use/functions", "in place"),
                Arguments.of("{retries: {}}", "/use/retries", "in place"),
                Arguments.of("{errors: {}}", "/use/errors", "in place"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void descriptionOfADocumentHasItsForm(String member, String pointer) {
        refused(HEAD.replace("name: flow", "name: flow, " + member) + DO, "/document/" + pointer, "needed here");
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("title: [a]", "title"),
                Arguments.of("summary: {a: b}", "summary"),
                Arguments.of("tags: [a]", "tags"),
                Arguments.of("metadata: text", "metadata"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tasks")
    void taskIsRefusedAtItsPlaceWithAReason(String task, String pointer, String reason) {
        refused(HEAD + "do:\n  - a: " + task + "\n", "/do/0/a" + pointer, reason);
    }

    static Stream<Arguments> tasks() {
        return Stream.of(
                Arguments.of("{run: {shell: {command: ls}}}", "/run", "nothing runs on the server"),
                Arguments.of("{listen: {to: {}}}", "/listen", "webhook"),
                Arguments.of("{emit: {event: {}}}", "/emit", "webhook"),
                Arguments.of("{fork: {branches: []}}", "/fork", "one after the other"),
                Arguments.of("{set: {}}", "/set", "members"),
                Arguments.of("{set: 'text'}", "/set", "expression"),
                Arguments.of("{set: {x: 'Hello ${ name }'}}", "/set/x", "whole text"),
                Arguments.of("{set: {x: [{y: '${ name'}]}}", "/set/x/0/y", "whole text"),
                Arguments.of("{set: {x: 1}, if: ' '}", "/if", "expression"),
                Arguments.of("{set: {x: 1}, metadata: text}", "/metadata", "object"),
                Arguments.of("{set: {x: 1}, timeout: {after: PT0S}}", "/timeout/after", "longer than nothing"),
                Arguments.of("{set: {x: 1}, input: {}}", "/input/from", "expression"),
                Arguments.of("{set: {x: 1}, input: {schema: {document: {}}}}", "/input/schema", "only the parameters"),
                Arguments.of("{set: {x: 1}, output: {as: [1]}}", "/output/as", "expression"),
                Arguments.of("{set: {x: 1}, export: {as: text}}", "/export/as", "expression"),
                Arguments.of("{wait: PT0S}", "/wait", "longer than nothing"),
                Arguments.of("{wait: {seconds: -5}}", "/wait/seconds", "between"),
                Arguments.of("{wait: '${ x }'}", "/wait", "constant"),
                Arguments.of(
                        "{for: {each: x, at: x, in: '${ $ }'}, do: [{b: {set: {x: 1}}}]}", "/for/at", "of their own"),
                Arguments.of("{for: x, do: [{b: {set: {x: 1}}}]}", "/for", "object"),
                Arguments.of(
                        "{switch: [{rest: {then: end}}, {late: {when: 'true', then: end}}]}",
                        "/switch/1/late",
                        "never reached"),
                Arguments.of(
                        "{switch: [{x: {when: 'true', then: end}}, {x: {then: end}}]}", "/switch/1/x", "name is taken"),
                Arguments.of("{switch: [{x: {then: end}}], then: exit}", "/then", "never used"),
                Arguments.of("{switch: [{x: 1}]}", "/switch/0/x", "object"),
                Arguments.of("{raise: {error: {status: many}}}", "/raise/error/status", "400 to 599"),
                Arguments.of("{raise: {error: {status: 200}}}", "/raise/error/status", "400 to 599"),
                Arguments.of("{raise: {error: {status: 600}}}", "/raise/error/status", "400 to 599"),
                Arguments.of("{raise: {error: {status: 400.5}}}", "/raise/error/status", "400 to 599"),
                Arguments.of("{raise: {error: {status: 400, title: [a]}}}", "/raise/error/title", "text"),
                Arguments.of("{raise: {error: {status: 400, type: 5}}}", "/raise/error/type", "text"),
                Arguments.of("{raise: {error: {status: 400, type: urn}}}", "/raise/error/type", "URI"),
                Arguments.of("{raise: {error: {status: 400, instance: /a}}}", "/raise/error/instance", "set by the"),
                Arguments.of("{raise: notFound}", "/raise", "object"),
                Arguments.of("{raise: {error: {status: 400}}, then: end}", "/then", "no effect"),
                Arguments.of("{raise: {error: {status: 400}}, output: {as: '${ 1 }'}}", "/output", "no effect"),
                Arguments.of("{raise: {error: {status: 400}}, export: {as: '${ 1 }'}}", "/export", "no effect"),
                Arguments.of("{raise: {error: {status: 400}}, timeout: {after: PT1S}}", "/timeout", "no effect"),
                Arguments.of(TRY + "{errors: {}}}", "/catch/errors/with", "object"),
                Arguments.of(TRY + "{errors: {with: {}}}}", "/catch/errors/with", "leave errors out"),
                Arguments.of(
                        TRY + "{errors: {with: {status: '${ 404 }'}}}}", "/catch/errors/with/status", "catch.when"),
                Arguments.of(TRY + "{errors: {with: {status: '404'}}}}", "/catch/errors/with/status", "number"),
                Arguments.of(TRY + "{errors: {with: {status: 40}}}}", "/catch/errors/with/status", "number"),
                Arguments.of(TRY + "{errors: {with: {title: 5}}}}", "/catch/errors/with/title", "text"),
                Arguments.of(TRY + "{errors: {with: {type: x}}}}", "/catch/errors/with/type", "by status"),
                Arguments.of(TRY + "{errors: {with: {details: x}}}}", "/catch/errors/with/details", "called detail"),
                Arguments.of(TRY + "{retry: standard}}", "/catch/retry", "object"),
                Arguments.of(TRY + "{retry: {when: 'true'}}}", "/catch/retry/when", "catch.when"),
                Arguments.of(TRY + "{retry: {limit: {}}}}", "/catch/retry/limit", "needed here"),
                Arguments.of(TRY + "{retry: {limit: {count: 3}}}}", "/catch/retry/limit/count", "attempt"),
                Arguments.of(TRY + "{retry: {limit: {attempt: {}}}}}", "/catch/retry/limit/attempt/count", "1 to 20"),
                Arguments.of(
                        TRY + "{retry: {limit: {attempt: {count: 3, duration: PT1S}}}}}",
                        "/catch/retry/limit/attempt/duration",
                        "count"),
                Arguments.of(TRY + "{retry: {limit: {duration: PT0S}}}}", "/catch/retry/limit/duration", "longer than"),
                Arguments.of(
                        TRY + "{retry: {jitter: {from: PT2S, to: PT1S}}}}", "/catch/retry/jitter/to", "less than from"),
                Arguments.of(TRY + "{retry: {jitter: {to: PT1S}}}}", "/catch/retry/jitter/from", "duration"),
                Arguments.of(TRY + "{retry: {backoff: {constant: {}, linear: {}}}}}", "/catch/retry/backoff", "one of"),
                Arguments.of(TRY + "{retry: {backoff: {}}}}", "/catch/retry/backoff", "one of"),
                Arguments.of(
                        TRY + "{retry: {backoff: {exponential: {factor: 3}}}}}",
                        "/catch/retry/backoff/exponential/factor",
                        "nothing stands here"),
                Arguments.of(TRY + "{retry: {backoff: {linear: 2}}}}", "/catch/retry/backoff/linear", "object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void callIsRefusedAtItsPlaceWithAReason(String with, String pointer, String reason) {
        refused(HEAD + "do:\n  - a: {call: http, with: " + with + "}\n", "/do/0/a/with" + pointer, reason);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of("{method: get, endpoint: 'file:///etc/passwd'}", "/endpoint", "https://"),
                Arguments.of("{method: get, endpoint: 'ftp://a.example'}", "/endpoint", "https://"),
                Arguments.of("{method: get, endpoint: a.example/x}", "/endpoint", "https://"),
                Arguments.of("{method: get, endpoint: 'https://user:pw@a.example'}", "/endpoint", "name a user"),
                Arguments.of("{method: get, endpoint: {uri: 'https://u@a.example'}}", "/endpoint/uri", "name a user"),
                Arguments.of("{method: get, endpoint: 'https:///x'}", "/endpoint", "no host"),
                Arguments.of("{method: get, endpoint: 'https://a.example/a b'}", "/endpoint", "no URL"),
                Arguments.of("{method: get, endpoint: 'https://a.example/{id}'}", "/endpoint", "templates"),
                Arguments.of("{method: get, endpoint: \"${ 'https://' &\\n x }\"}", "/endpoint", "one line"),
                Arguments.of(
                        "{method: get, endpoint: 'https://a.example', redirect: true}", "/redirect", "never followed"),
                Arguments.of("{method: get, endpoint: 'https://a.example', output: 5}", "/output", "content"),
                Arguments.of("{method: get, endpoint: 'https://a.example', output: null}", "/output", "content"),
                Arguments.of("{method: get, endpoint: 'https://a.example', query: {a: 5}}", "/query/a", "text"),
                Arguments.of("{method: get, endpoint: 'https://a.example', query: {a: null}}", "/query/a", "text"),
                Arguments.of("{method: get, endpoint: 'https://a.example', headers: {A: [b]}}", "/headers/A", "text"),
                Arguments.of(
                        "{method: post, endpoint: 'https://a.example', body: {a: 'x ${ y }'}}", "/body/a", "whole"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &x {set: {x: 1}}",
                "a: {set: &x {x: 1}}",
                "a: {set: {x: &x 1}}",
                "a: {set: {x: *x}}",
                "a: {set: {x: !!str 5}}",
                "a: {set: {x: !mine 5}}",
                "a: {set: !!map {x: 5}}",
                "a: {set: {x: 1, x: 2}}"
            })
    void whatYamlWouldPutTogetherIsRefusedAtItsPlace(String entry) {
        assertThat(problems(HEAD + "do: [{" + entry + "}]\n"))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.pointer()).startsWith("/do/0/a"))
                .allSatisfy(problem -> assertThat(problem.detail()).contains("line 4"));
    }

    @Test
    void memberThatIsGivenTwiceIsNamed() {
        assertThat(problems("a: 1\na: 2\nb: {c: 1, c: 2}\n"))
                .extracting(FieldProblem::pointer)
                .containsExactly("/a", "/b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set: {x: 1}, then: end", "set: {x: 1}, then: c", "raise: {error: {status: 400}}"})
    void taskThatNothingLeadsToIsRefused(String first) {
        refused(
                HEAD + "do: [{a: {" + first + "}}, {b: {set: {x: 1}}}, {c: {set: {x: 1}, then: c}}]",
                "/do/1/b",
                "never reached");
    }

    @Test
    void longNamesAreRefused() {
        refused(HEAD + "do: [{" + "a".repeat(101) + ": {set: {x: 1}}}]", "/do/0", "1 to 100");
    }

    @Test
    void documentThatIsTooLongIsRefused() {
        refused(HEAD + DO + "#".repeat(300_000), "", "at most 300000 characters");
    }

    @Test
    void documentWithTooManyValuesIsRefused() {
        refused(HEAD + "do: [{a: {set: {x: [" + "1,".repeat(30_000) + "1]}}}]", "", "at most 30000 values");
    }

    @Test
    void documentThatIsNestedTooDeeplyIsRefused() {
        assertThat(problems(HEAD + "do: [{a: {set: {x: " + "[".repeat(200) + "]".repeat(200) + "}}}]"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("150 deep"));
    }

    @Test
    void numberThatIsNotFiniteIsRefused() {
        refused(HEAD + "do: [{a: {set: {x: 1e999}}}]", "/do/0/a/set/x", "finite");
    }
}
