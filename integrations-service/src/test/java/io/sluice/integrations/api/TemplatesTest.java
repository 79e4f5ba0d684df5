package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class TemplatesTest {

    private static final String PATH = "/api/v1/templates";

    private final Person admin = Person.admin(Person.freshTenant());
    private final Person editor = Person.editor(admin.tenant());
    private final Person viewer = Person.viewer(admin.tenant());
    private final Person stranger = Person.admin(Person.freshTenant());

    @Test
    void libraryIsFoundByTextCategoryAndTrigger() {
        assertThat(names("")).contains("library/inventory-sync-webhook", "library/poll-to-http");
        assertThat(names("?q=WooCommerce")).contains("library/woocommerce-order-to-unleashed");
        assertThat(names("?category=Inventory"))
                .contains("library/inventory-sync-webhook")
                .doesNotContain("library/webhook-to-http");
        assertThat(names("?trigger=schedule"))
                .contains("library/poll-to-http")
                .doesNotContain("library/webhook-to-http");
        assertThat(names("?q=nothing-is-called-so")).isEmpty();
        Problems.fields(viewer.call().get(PATH + "?trigger=smoke"), "?trigger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inventory-sync-webhook",
                "inventory-sync-polling",
                "unleashed-to-woocommerce-stock",
                "woocommerce-order-to-unleashed",
                "webhook-to-http",
                "poll-to-http"
            })
    void libraryTemplateIsWholeAndItsSampleRuns(String name) {
        JsonPath template = viewer.call().get(PATH + "/library/" + name).jsonPath();
        assertThat(template.getString("title")).isNotBlank();
        assertThat(template.getString("howTo")).isNotBlank();
        assertThat(template.getString("parameters.type")).isEqualTo("object");
        assertThat(template.getMap("triggers")).isNotEmpty();

        Map<String, Object> request = new HashMap<>();
        request.put("document", template.getMap("document"));
        request.put("params", Samples.params(name));
        request.put("event", template.getMap("sampleEvent"));
        request.put("answers", Samples.answers(name));
        Response answer = editor.call().body(request).post(PATH + "/try");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("status"))
                .as(answer.jsonPath().prettify())
                .isEqualTo("succeeded");
        assertThat(answer.jsonPath().getList("steps.request.method")).contains("POST");
    }

    @Test
    void tryingNeedsAnEditor() {
        Problems.check(viewer.call().body(Map.of("document", Map.of())).post(PATH + "/try"), 403, "forbidden");
    }

    @Test
    void adminSavesATemplateThatItsTenantUses() {
        Response created = save(admin, "1.0.0");

        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith(PATH + "/own/passing");
        assertThat(created.header("ETag")).isEqualTo("\"1.0.0\"");
        assertThat(viewer.call().get(PATH + "/own/passing").jsonPath().getString("title"))
                .isEqualTo("Passing on");
        assertThat(names("")).contains("own/passing");
        Made.integration(editor, "own/passing", "Own", Map.of("url", "https://example.org/"), Map.of());
    }

    @Test
    void otherTenantSeesNothingOfIt() {
        save(admin, "1.0.0");

        Problems.check(stranger.call().get(PATH + "/own/passing"), 404, "not-found");
        assertThat(stranger.call().get(PATH).jsonPath().getList("items.name")).doesNotContain("own/passing");
        Problems.check(
                stranger.call()
                        .body(Map.of("template", "own/passing", "name", "Stolen"))
                        .post("/api/v1/integrations"),
                400,
                "unknown-template");
        // The name is free there: tenants do not meet.
        assertThat(save(stranger, "1.0.0").statusCode()).isEqualTo(201);
    }

    @Test
    void versionThatExistsStays() {
        save(admin, "1.0.0");

        JsonPath problem = Problems.check(save(admin, "1.0.0"), 409, "template-version-exists");

        assertThat(Problems.pointers(problem)).containsExactly("/document/version");
    }

    @Test
    void newestVersionIsByNumberAndInstalledOnesStay() {
        save(admin, "1.9.0");
        Made made = Made.integration(editor, "own/passing", "Own", Map.of("url", "https://example.org/"), Map.of());

        Response updated = admin.call()
                .contentType("application/yaml")
                .header("If-Match", "\"1.9.0\"")
                .body(bytes(flow("1.10.0")))
                .put(PATH + "/own/passing");

        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
        JsonPath newest = viewer.call().get(PATH + "/own/passing").jsonPath();
        assertThat(newest.getString("version")).isEqualTo("1.10.0");
        assertThat(newest.getList("versions")).containsExactly("1.10.0", "1.9.0");
        assertThat(Made.of(editor.call().get(made.path()), 200).json().getString("template"))
                .isEqualTo("own/passing:1.9.0");
        Made upgraded = Made.of(
                editor.call(made.etag())
                        .body(Map.of(
                                "template",
                                "own/passing",
                                "name",
                                "Own",
                                "configuration",
                                Map.of("url", "https://example.org/")))
                        .put(made.path()),
                200);
        assertThat(upgraded.json().getString("template")).isEqualTo("own/passing:1.10.0");
    }

    @Test
    void putNeedsTheNewestVersionAndTheSameName() {
        save(admin, "1.0.0");

        Problems.check(put(null, "own/passing"), 428, "precondition-required");
        Problems.check(put("\"0.9.0\"", "own/passing"), 412, "version-conflict");
        Problems.fields(put("*", "library/webhook-to-http"), "/document/name");
        Problems.check(put("*", "own/unknown"), 404, "not-found");
    }

    @Test
    void onlyAdminsSave() {
        Problems.check(save(editor, "1.0.0"), 403, "forbidden");
        Problems.check(save(viewer, "1.0.0"), 403, "forbidden");
        Problems.check(
                editor.call()
                        .contentType("application/yaml")
                        .header("If-Match", "*")
                        .body(bytes(flow("1.0.0")))
                        .put(PATH + "/library/webhook-to-http"),
                403,
                "forbidden");
    }

    @Test
    void libraryCannotBeWritten() {
        Problems.fields(
                admin.call()
                        .contentType("application/yaml")
                        .body(bytes(flow("9.0.0").replace("namespace: own", "namespace: library")))
                        .post(PATH),
                "/document/namespace");
    }

    @Test
    void refusedFlowNamesItsPlaces() {
        String flow = flow("1.0.0").replace("call: http", "call: carrier-pigeon");

        JsonPath problem = Problems.check(
                admin.call().contentType("application/yaml").body(bytes(flow)).post(PATH), 400, "invalid-flow");
        JsonPath report = viewer.call()
                .contentType("application/yaml")
                .body(bytes(flow))
                .post(PATH + "/validate")
                .jsonPath();

        assertThat(Problems.pointers(problem)).isNotEmpty().allMatch(pointer -> pointer.startsWith("/do/0/send"));
        assertThat(report.getBoolean("valid")).isFalse();
        assertThat(report.getList("errors.pointer")).isEqualTo(Problems.pointers(problem));
        Problems.check(admin.call().get(PATH + "/own/passing"), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a list", "just text", "{", "a: &x [*x]", "document: {dsl: '1.0.3'}", "null", "7"})
    void whatIsNoFlowIsRefusedWithoutAnError(String flow) {
        Response saved =
                admin.call().contentType("application/yaml").body(bytes(flow)).post(PATH);
        Response report =
                viewer.call().contentType("application/yaml").body(bytes(flow)).post(PATH + "/validate");

        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(400);
        assertThat(report.statusCode()).as(report.asString()).isIn(200, 400);
    }

    @Test
    void goodFlowIsValid() {
        JsonPath report = viewer.call()
                .contentType("application/yaml")
                .body(bytes(flow("1.0.0")))
                .post(PATH + "/validate")
                .jsonPath();

        assertThat(report.getBoolean("valid")).as(report.prettify()).isTrue();
        assertThat(report.getList("errors")).isEmpty();
    }

    private Response put(String etag, String name) {
        var call = admin.call().contentType("application/yaml").body(bytes(flow("2.0.0")));
        return (etag == null ? call : call.header("If-Match", etag)).put(PATH + "/" + name);
    }

    private List<String> names(String query) {
        return viewer.call().get(PATH + query).jsonPath().getList("items.name", String.class);
    }

    private static Response save(Person person, String version) {
        return person.call()
                .contentType("application/yaml")
                .body(bytes(flow(version)))
                .post(PATH);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String flow(String version) {
        return """
                document:
                  dsl: '1.0.3'
                  namespace: own
                  name: passing
                  version: '%s'
                  title: Passing on
                  summary: Passes calls on.
                  metadata:
                    triggers: {webhook: {}}
                evaluate: {language: jsonata}
                input:
                  schema:
                    format: json
                    document:
                      type: object
                      required: [url]
                      properties: {url: {type: string}}
                do:
                  - send:
                      call: http
                      with:
                        method: post
                        endpoint: {uri: '${ $workflow.input.params.url }'}
                        body: '${ $workflow.input.event.body }'
                """.formatted(version);
    }
}
