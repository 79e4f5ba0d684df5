package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.run.expression.Pointers;
import io.sluice.run.testsupport.Flows;
import io.sluice.run.testsupport.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A member that nobody knows is refused wherever it stands, save in data of the author's own. */
class UnknownMembersTest {

    private static final String UNKNOWN = "nobodyKnows";

    /** Where a name is the author's choice. */
    private static final Pattern FREE =
            Pattern.compile("/input/schema/document(/.*)?|.*/(metadata|tags|set|body|headers|query|from|as)(/.*)?");

    private static final String EVERYTHING = """
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0', title: T, summary: S, tags: {a: b}, metadata: {a: b}}
            evaluate: {language: jsonata}
            schedule: {every: {minutes: 5}}
            input: {schema: {format: json, document: {type: object}}, from: {a: '${ $ }'}}
            output: {as: {a: '${ $ }'}}
            use: {authentications: {a: {basic: {use: a}}, b: {bearer: {use: b}}, c: {oauth2: {use: c}}}}
            timeout: {after: {days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1}}
            do:
              - a: {set: {x: 1}, if: 'true', input: {from: {a: b}}, output: {as: {a: b}}, export: {as: {a: b}}, timeout: {after: {seconds: 1}}, then: c, metadata: {a: b}}
              - b: {do: [{b1: {set: {x: 1}}}]}
              - c: {for: {each: i, at: n, in: '${ [1] }'}, while: '${ true }', do: [{c1: {set: {x: 1}}}]}
              - d: {switch: [{one: {when: '${ true }', then: a}}, {other: {then: continue}}]}
              - e:
                  try: [{e1: {set: {x: 1}}}]
                  catch:
                    errors: {with: {status: 404, title: T, detail: D}}
                    as: e
                    when: 'true'
                    exceptWhen: 'false'
                    retry: {delay: {seconds: 1}, backoff: {exponential: {}}, limit: {attempt: {count: 20}, duration: {minutes: 1}}, jitter: {from: {milliseconds: 1}, to: {milliseconds: 2}}}
                    do: [{e2: {set: {x: 1}}}]
              - f: {call: http, with: {method: post, endpoint: {uri: 'https://a.example', authentication: {use: a}}, headers: {A: b}, query: {c: d}, body: {x: 1}, output: response}}
              - g: {wait: {days: 1}}
              - h: {raise: {error: {type: 'https://a.example/e', status: 400, title: T, detail: D}}}
            """;

    static Stream<Map.Entry<String, String>> documents() {
        Map<String, String> documents = new TreeMap<>(Repository.library());
        documents.put("everything", EVERYTHING);
        documents.put("stock-polling", Flows.stockPolling());
        return documents.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void memberThatNobodyKnowsIsRefusedAtItsPlace(Map.Entry<String, String> named) {
        JsonNode document = FlowCompiler.read(named.getValue());
        List<String> accepted = new ArrayList<>();
        List<String> objects = objects(document, "");

        for (String pointer : objects) {
            JsonNode copy = document.deepCopy();
            ((ObjectNode) copy.at(pointer)).put(UNKNOWN, 1);
            if (problems(copy).stream().noneMatch(problem -> (pointer + "/" + UNKNOWN).startsWith(problem.pointer()))) {
                accepted.add(pointer);
            }
        }

        assertThat(objects).hasSizeGreaterThan(10);
        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentItselfCompiles(Map.Entry<String, String> named) {
        assertThat(problems(FlowCompiler.read(named.getValue()))).isEmpty();
    }

    @Test
    void dataOfTheAuthorsOwnMayHaveAnyMember() {
        String free = EVERYTHING
                .replace("{x: 1}", "{x: 1, nobodyKnows: {a: [1]}}")
                .replace("metadata: {a: b}", "metadata: {a: b, nobodyKnows: 1}")
                .replace("tags: {a: b}", "tags: {nobodyKnows: 1}")
                .replace("document: {type: object}", "document: {type: object, nobodyKnows: 1}");

        assertThat(problems(FlowCompiler.read(free))).isEmpty();
    }

    private static List<String> objects(JsonNode node, String pointer) {
        List<String> objects = new ArrayList<>();
        if (FREE.matcher(pointer).matches()) {
            return objects;
        }
        if (node.isObject()) {
            objects.add(pointer);
        }
        node.properties()
                .forEach(member ->
                        objects.addAll(objects(member.getValue(), pointer + "/" + Pointers.escape(member.getKey()))));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            objects.addAll(objects(node.get(i), pointer + "/" + i));
        }
        return objects;
    }

    private static List<FieldProblem> problems(JsonNode document) {
        try {
            FlowCompiler.compile(document);
            return List.of();
        } catch (FlowException e) {
            return e.problems();
        }
    }
}
