package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.run.testsupport.FlowSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema says what the compiler says, as far as a schema can, and asks for no less than the standard. */
class FlowSchemaTest {

    /** Syntax, references, sums and comparisons: for the compiler alone. */
    private static final Pattern BEYOND_A_SCHEMA = Pattern.compile(
            "cannot be parsed|\\$eval|whole text|no task “|no such slot|name is taken|of their own|never reached"
                    + "|never used|longer than nothing|less than from|between PT1S|five fields|never fires|looked up");

    static Stream<Map.Entry<String, String>> documents() {
        return UnknownMembersTest.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsValidByBothSchemas(Map.Entry<String, String> named) {
        JsonNode document = FlowCompiler.read(named.getValue());

        assertThat(FlowSchemas.againstProfile(document)).isEmpty();
        assertThat(FlowSchemas.againstStandard(document)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void whatTheCompilerAcceptsIsValidByBothSchemas(String tasks) {
        JsonNode document = FlowCompiler.read(RefusedFlowsTest.HEAD + "do: " + tasks);

        assertThat(FlowCompiler.compile(document).tasks().tasks()).isNotEmpty();
        assertThat(FlowSchemas.againstProfile(document)).isEmpty();
        assertThat(FlowSchemas.againstStandard(document)).isEmpty();
    }

    static Stream<String> accepted() {
        return Stream.of(
                "[{a: {set: '${ $ }'}}]",
                "[{'any name/with ~': {set: {x: null, y: [1, 2.5, true], z: ''}}}]",
                "[{a: {set: {x: 1}, timeout: {after: P1DT2H3M4.5S}, then: exit}}]",
                "[{a: {set: {x: 1}, if: x = 1, input: {from: '${ $ }'}, output: {as: {}}, export: {as: '${ {} }'}}}]",
                "[{a: {set: {x: 1}, timeout: {after: {seconds: 0, milliseconds: 1}}}}]",
                "[{a: {for: {in: items}, do: [{b: {set: {x: 1}}}]}}]",
                "[{a: {switch: [{b: {then: end}}]}}]",
                "[{a: {switch: [{b: {when: x, then: a}}], then: exit}}]",
                "[{a: {try: [{b: {set: {x: 1}}}], catch: {}}}]",
                "[{a: {try: [{b: {set: {x: 1}}}], catch: {retry: {}}}}]",
                "[{a: {try: [{b: {set: {x: 1}}}], catch: {errors: {with: {status: 404}}, retry: {delay: PT0S}}}}]",
                "[{a: {try: [{b: {set: {x: 1}}}], catch: {retry: {limit: {duration: PT1M}}}}}]",
                "[{a: {try: [{b: {set: {x: 1}}}], catch: {retry: {jitter: {from: PT0S, to: PT0S}}}}}]",
                "[{a: {call: http, with: {method: Get, endpoint: 'http://a.example:8080/x?y=z#w'}}}]",
                "[{a: {call: http, with: {method: DELETE, endpoint: {uri: ' ${ x } '}}}}]",
                "[{a: {call: http, with: {method: post, endpoint: '${ x }', body: text, headers: {X-A: ''}}}}]",
                "[{a: {call: http, with: {method: post, endpoint: '${ x }', body: [1], query: {'a b': '${ [1] }'}}}}]",
                "[{a: {call: http, with: {method: put, endpoint: '${ x }', body: null, output: raw}}}]",
                "[{a: {wait: PT0.001S}}]",
                "[{a: {raise: {error: {status: 422}}, if: x}}]",
                "[{a: {raise: {error: {status: '${ $error.status }', type: '${ x }', title: '${ y }', detail: z}}}}]");
    }

    static Stream<Arguments> refused() {
        Stream<Arguments> tasks = Stream.concat(FlowCompilerTest.wrongTasks(), RefusedFlowsTest.tasks())
                .map(task -> of("do: [{a: " + task.get()[0] + "}]", task));
        Stream<Arguments> calls =
                RefusedFlowsTest.calls().map(call -> of("do: [{a: {call: http, with: " + call.get()[0] + "}}]", call));
        Stream<Arguments> tops =
                RefusedFlowsTest.tops().map(top -> of("do: [{a: {set: {x: 1}}}]\n" + top.get()[0], top));
        return Stream.of(tasks, calls, tops).flatMap(all -> all).map(Arguments::of);
    }

    private static Arguments of(String rest, Arguments of) {
        return Arguments.of(RefusedFlowsTest.HEAD + rest, of.get()[1]);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void schemaRefusesWhatTheCompilerRefusesAsFarAsASchemaCan(Arguments refused) {
        JsonNode document = FlowCompiler.read(String.valueOf(refused.get()[0]));
        FlowException said = catchThrowableOfType(FlowException.class, () -> FlowCompiler.compile(document));

        if (FlowSchemas.againstProfile(document).isEmpty()) {
            assertThat(said.problems())
                    .allSatisfy(problem -> assertThat(problem.detail()).containsPattern(BEYOND_A_SCHEMA));
        }
    }

    @Test
    void schemaIsOneItself() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(FlowSchemas.profile())).isEmpty();
    }

    @Test
    void editorsAreToldOfEachMember() {
        List<String> untold = new ArrayList<>();
        told(FlowSchemas.profile(), "", untold);

        assertThat(untold).isEmpty();
    }

    private static void told(JsonNode schema, String pointer, List<String> untold) {
        schema.path("properties").properties().forEach(member -> {
            String at = pointer + "/" + member.getKey();
            if (!member.getValue().has("description") && !at.endsWith("/document/type") && !isRef(member.getValue())) {
                untold.add(at);
            }
        });
        schema.properties().forEach(member -> told(member.getValue(), pointer + "/" + member.getKey(), untold));
        for (int i = 0; schema.isArray() && i < schema.size(); i++) {
            told(schema.get(i), pointer + "/" + i, untold);
        }
    }

    private static boolean isRef(JsonNode schema) {
        return schema.has("$ref");
    }
}
