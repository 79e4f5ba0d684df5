package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.restassured.response.Response;
import io.sluice.system.client.Http;
import io.sluice.system.client.Json;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant's own templates, written by its admin. */
@SystemTest
class OwnTemplatesIT {

    private static final String TEMPLATES = "/api/v1/templates";
    private static final String YAML = "application/yaml";

    private static final String FLOW = """
        document:
          dsl: '1.0.3'
          namespace: acme
          name: %s
          version: '1.0.0'
          title: Greeting
          metadata: {triggers: {webhook: {}}}
        evaluate: {language: jsonata}
        input:
          schema:
            format: json
            document:
              type: object
              required: [target]
              properties:
                target: {type: string, format: uri, title: Where to send the greeting}
        do:
          - shape:
              set: {greeting: '${ "Hello " & $workflow.input.event.body.name }'}
          - deliver:
              call: http
              with:
                method: post
                endpoint: {uri: '${ $workflow.input.params.target }'}
                body: {text: '${ greeting }'}
        """;

    private final SluiceApi adam;
    private final SluiceApi alice;
    private final SluiceApi bella;
    private final String name = "greeting-" + UUID.randomUUID().toString().substring(0, 8);

    OwnTemplatesIT(Sluice sluice) {
        this.adam = sluice.as("adam");
        this.alice = sluice.as("alice");
        this.bella = sluice.as("bella");
    }

    @Test
    void anAdminSavesATemplateThatEditorsThenUse() {
        JsonNode saved = Http.json(save(adam, flow()), 201);

        assertThat(saved.path("name").asText()).isEqualTo("acme/" + name);
        JsonNode read = alice.template("acme/" + name);
        assertThat(read.path("version").asText()).isEqualTo("1.0.0");
        assertThat(read.at("/parameters/properties/target/title").asText()).isEqualTo("Where to send the greeting");
        assertThat(Json.texts(Http.json(alice.get(TEMPLATES), 200).path("items"), "/name"))
                .contains("acme/" + name);
        alice.create(Map.of(
                "template", "acme/" + name,
                "name", Json.unique("greeting"),
                "configuration", Map.of("target", "https://example.com/")));
    }

    @Test
    void anotherTenantDoesNotSeeIt() {
        Http.require(save(adam, flow()), 201);

        assertProblem(bella.get(TEMPLATES + "/acme/{name}", name)).is(404, "not-found");
        assertThat(Http.json(bella.get(TEMPLATES), 200).toString()).doesNotContain(name);
    }

    @Test
    void aSecondVersionStandsBesideTheFirst() {
        Http.require(save(adam, flow()), 201);
        Response first = adam.get(TEMPLATES + "/acme/{name}", name);

        Response second = adam.request()
                .header("If-Match", String.valueOf(first.header("ETag")))
                .contentType(YAML)
                .body(flow().replace("1.0.0", "1.1.0"))
                .put(TEMPLATES + "/acme/{name}", name);

        Http.require(second, 200);
        assertThat(Json.texts(alice.template("acme/" + name).path("versions"), ""))
                .containsExactly("1.1.0", "1.0.0");
        assertThat(alice.template("acme/" + name + ":1.0.0").path("version").asText())
                .isEqualTo("1.0.0");
    }

    @Test
    void aVersionIsNeverReplaced() {
        Http.require(save(adam, flow()), 201);

        assertThat(save(adam, flow().replace("Hello", "Bye")).statusCode()).isEqualTo(409);
    }

    @Test
    void whatIsOutsideTheProfileIsNamed() {
        String spoilt =
                flow().replace("call: http", "call: grpc").replace("  - shape:\n      set:", "  - shape:\n      run:");

        assertProblem(save(adam, spoilt)).is(400, "invalid-flow").pointsAt("/do/1/deliver/call");
        JsonNode report =
                Http.json(adam.request().contentType(YAML).body(spoilt).post(TEMPLATES + "/validate"), 200);
        assertThat(report.path("valid").asBoolean()).isFalse();
        assertThat(Json.texts(report.path("errors"), "/pointer"))
                .anySatisfy(pointer -> assertThat(pointer).startsWith("/do/0/shape"));
    }

    @Test
    void aSoundFlowIsCalledValid() {
        JsonNode report =
                Http.json(adam.request().contentType(YAML).body(flow()).post(TEMPLATES + "/validate"), 200);

        assertThat(report.path("valid").asBoolean()).isTrue();
        assertThat(report.path("errors")).isEmpty();
    }

    @Test
    void whatIsNeitherYamlNorJsonIsRefused() {
        assertProblem(save(adam, "do: [unclosed")).is(400, "invalid-flow");
    }

    @Test
    void onlyAdminsSaveTemplates() {
        assertProblem(save(alice, flow())).is(403, "forbidden");
        assertThat(alice.get(TEMPLATES + "/acme/{name}", name).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyWritesIntoTheLibrary() {
        Response answer = save(adam, flow().replace("namespace: acme", "namespace: library"));

        assertThat(answer.statusCode()).isIn(400, 403);
        assertThat(alice.get(TEMPLATES + "/library/{name}", name).statusCode()).isEqualTo(404);
    }

    @Test
    void aFlowIsTriedWithRecordedAnswers() throws JsonProcessingException {
        JsonNode result = Http.json(
                adam.post(
                        TEMPLATES + "/try",
                        Map.of(
                                "document", new YAMLMapper().readTree(flow()),
                                "params", Map.of("target", "https://nowhere.invalid/greetings"),
                                "event", Map.of("body", Map.of("name", "Ada")),
                                "answers", Map.of("deliver", Map.of("status", 201, "body", Map.of("stored", true))))),
                200);

        assertThat(result.path("status").asText()).isEqualTo("succeeded");
        assertThat(result.at("/output/stored").asBoolean()).isTrue();
        JsonNode deliver = result.path("steps")
                .valueStream()
                .filter(step -> step.path("name").asText().equals("deliver"))
                .findFirst()
                .orElseThrow();
        assertThat(deliver.at("/request/url").asText()).isEqualTo("https://nowhere.invalid/greetings");
        assertThat(deliver.at("/request/body").asText()).contains("Hello Ada");
        assertThat(deliver.at("/response/status").asInt()).isEqualTo(201);
    }

    private String flow() {
        return FLOW.formatted(name);
    }

    private static Response save(SluiceApi api, String flow) {
        return api.request().contentType(YAML).body(flow).post(TEMPLATES);
    }
}
