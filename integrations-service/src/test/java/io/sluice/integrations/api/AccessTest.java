package io.sluice.integrations.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and the one shape of what is refused. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class AccessTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/integrations",
                "/api/v1/connections",
                "/api/v1/templates",
                "/api/v1/runs/0198c0de-0000-7000-8000-000000000000",
                "/internal/v1/deployments?after=0"
            })
    void withoutATokenNothingIsTold(String path) {
        Response answer = given().redirects().follow(false).get(path);

        Problems.check(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void anonymousWritesAreRefusedBeforeTheirBodyIsLookedAt() {
        Response answer = given().contentType(ContentType.JSON).body("{").post("/api/v1/integrations");

        Problems.check(answer, 401, "unauthenticated");
    }

    @Test
    void brokenForeignAndMisdirectedTokensAreRefused() {
        String token = editor.token();
        String forged =
                token.substring(0, token.lastIndexOf('.') + 1) + "AAAA" + token.substring(token.lastIndexOf('.') + 5);

        Problems.check(given().auth().oauth2("no token").get("/api/v1/integrations"), 401, "unauthenticated");
        Problems.check(given().auth().oauth2(forged).get("/api/v1/integrations"), 401, "unauthenticated");
        Problems.check(editor.withAudience("another-api").call().get("/api/v1/integrations"), 401, "unauthenticated");
        Problems.check(Person.service("scheduler-service").call().get("/api/v1/integrations"), 401, "unauthenticated");
    }

    @Test
    void accountWithoutRoleOrTenantIsRefused() {
        Problems.check(editor.withRoles().call().get("/api/v1/integrations"), 403, "forbidden");
        Problems.check(editor.withTenants().call().get("/api/v1/integrations"), 403, "forbidden");
    }

    @Test
    void problemHasExactlyTheFieldsOfTheContract() {
        Response answer = editor.call()
                .header("X-Request-Id", "mine-1")
                .body(Map.of("template", "library/webhook-to-http", "name", "One"))
                .post("/api/v1/integrations");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("mine-1");
        assertThat(answer.jsonPath().getMap(""))
                .containsOnlyKeys("type", "title", "status", "detail", "instance", "requestId", "errors")
                .containsEntry("type", "urn:sluice:problem:invalid-fields")
                .containsEntry("title", "Some fields need another value")
                .containsEntry("status", 400)
                .containsEntry("instance", "/api/v1/integrations")
                .containsEntry("requestId", "mine-1");
        assertThat(answer.jsonPath().getMap("errors[0]"))
                .containsOnlyKeys("pointer", "detail")
                .containsEntry("pointer", "/configuration/url");
    }

    @Test
    void foreignRequestIdThatIsNotSaneIsReplaced() {
        Response answer =
                editor.call().header("X-Request-Id", "<script>").get("/api/v1/integrations/" + UUID.randomUUID());

        assertThat(Problems.check(answer, 404, "not-found").getString("requestId"))
                .doesNotContain("<");
    }

    @Test
    void brokenJsonSaysWhere() {
        Response answer = editor.call().body("{\n  \"name\": oops }").post("/api/v1/integrations");

        assertThat(Problems.check(answer, 400, "bad-request").getString("detail"))
                .contains("line 2")
                .doesNotContain("io.sluice")
                .doesNotContain("jackson");
    }

    @Test
    void wrongTypesAndUnknownFieldsAreNamed() {
        Problems.fields(
                editor.call()
                        .body("{\"template\":\"library/webhook-to-http\",\"name\":\"One\",\"colour\":1}")
                        .post("/api/v1/integrations"),
                "/colour");
        Problems.fields(
                editor.call()
                        .body("{\"template\":\"library/webhook-to-http\",\"name\":\"One\",\"categories\":\"no list\"}")
                        .post("/api/v1/integrations"),
                "/categories");
        Problems.fields(
                editor.call()
                        .body(
                                "{\"template\":\"library/webhook-to-http\",\"name\":\"One\",\"connections\":{\"shop\":\"x\"}}")
                        .post("/api/v1/integrations"),
                "/connections/shop");
    }

    @Test
    void missingBodyIsRefused() {
        Response answer = editor.call().post("/api/v1/integrations");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void wrongIdMethodAndMediaTypeAreProblemsToo() {
        Problems.check(editor.call().get("/api/v1/integrations/no-uuid"), 404, "not-found");
        Problems.check(editor.call().get("/api/v1/nothing"), 404, "not-found");
        Problems.check(editor.call().patch("/api/v1/integrations"), 405, "method-not-allowed");
        Problems.check(
                editor.call().contentType("text/plain").body("x").post("/api/v1/integrations"),
                415,
                "unsupported-media-type");
    }

    @Test
    void textThatPostgresCannotHoldIsRefusedAndNoFault() {
        Response answer = editor.call()
                .body("{\"template\":\"library/webhook-to-http\",\"name\":\"a\\u0000b\","
                        + "\"configuration\":{\"url\":\"https://example.org/\"}}")
                .post("/api/v1/integrations");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
    }
}
