package io.sluice.run.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpCall;
import io.sluice.run.testsupport.Examples;
import io.sluice.run.testsupport.Examples.Example;
import io.sluice.run.testsupport.FlowRun;
import io.sluice.run.testsupport.FlowSchemas;
import io.sluice.run.testsupport.ScriptedHttp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/flow-language.md shows is what happens. */
class DescriptionTest {

    private static final Set<String> KNOWN =
            Set.of("params", "event", "context", "answers", "calls", "output", "error", "context after");

    static List<Example> examples() {
        return Examples.all();
    }

    @Test
    void descriptionHasAnExampleOfEachTaskAndPattern() {
        assertThat(examples())
                .extracting(Example::name)
                .doesNotHaveDuplicates()
                .contains("set", "do", "for", "switch", "call", "try", "wait", "raise")
                .contains("cursor", "page-number", "link-header", "offset");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleIsValidByBothSchemas(Example example) {
        JsonNode document = FlowCompiler.read(example.flow());

        assertThat(FlowSchemas.againstProfile(document)).isEmpty();
        assertThat(FlowSchemas.againstStandard(document)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleRunsAsItIsDescribed(Example example) {
        JsonNode said = example.run();
        FlowRun run = begun(example);

        assertThat(said.fieldNames()).toIterable().isSubsetOf(KNOWN);
        if (said.has("error")) {
            StepFailure failure = catchThrowableOfType(StepFailure.class, run::run);
            assertThat(Json.tree(failure.asData())).isEqualTo(said.path("error"));
        } else {
            assertThat(Json.tree(run.run())).isEqualTo(Json.tree(Json.plain(said.path("output"))));
        }
        assertThat(run.http().calls().stream().map(DescriptionTest::sent))
                .containsExactlyElementsOf(
                        StreamSupport.stream(said.path("calls").spliterator(), false)
                                .map(JsonNode::textValue)
                                .toList());
        if (said.has("context after")) {
            assertThat(Json.tree(run.journal().exported())).isEqualTo(said.path("context after"));
        }
    }

    private static FlowRun begun(Example example) {
        JsonNode said = example.run();
        FlowRun run = FlowRun.of(example.flow())
                .params(
                        said.path("params").isMissingNode()
                                ? "{}"
                                : said.path("params").toString())
                .event(
                        said.path("event").isMissingNode()
                                ? "{}"
                                : said.path("event").toString());
        if (said.has("context")) {
            run.journal().contextFromBefore(Json.plain(said.path("context")));
        }
        FlowCompiler.read(example.flow())
                .path("use")
                .path("authentications")
                .fieldNames()
                .forEachRemaining(slot -> run.credential(
                        slot,
                        new Credential(UUID.randomUUID(), ConnectionKind.BEARER, Map.of(), Map.of("token", "t0ken"))));
        for (JsonNode answer : said.path("answers")) {
            Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
            answer.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            String body = answer.has("body") ? answer.path("body").toString() : "";
            run.http().answer(answer.path("to").asText(), answer.path("status").asInt(), body, headers);
        }
        return run;
    }

    private static String sent(HttpCall call) {
        return (call.method() + " " + call.url() + " " + ScriptedHttp.body(call)).strip();
    }
}
