package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A null inside a list or an object is a wrong field like any other, and never our fault. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class NullsTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'username':null} | {'password':'x'} | /settings/username",
                "{'username':'x'} | {'password':null} | /secrets/password",
                "{'username':'x','other':null} | {'password':'x'} | /settings/other",
            })
    void connection(String settings, String secrets, String pointer) {
        String body = "{'name':'Shop','kind':'basic','settings':" + settings + ",'secrets':" + secrets + "}";

        Problems.fields(post("/api/v1/connections", body), pointer);
    }

    @Test
    void optionalSettingOfAConnection() {
        String body =
                "{'name':'Key','kind':'api-key','settings':{'name':'X-Key','in':null},'secrets':{'key':'secret'}}";

        Problems.fields(post("/api/v1/connections", body), "/settings/in");
    }

    @Test
    void integration() {
        Problems.fields(
                post(
                        "/api/v1/integrations",
                        "{'template':'library/inventory-sync-webhook','name':'One','configuration':{'shopUrl':null},"
                                + "'connections':{'shop':null}}"),
                "/configuration/shopUrl",
                "/connections/shop");
        Problems.check(
                post("/api/v1/integrations", "{'template':'library/webhook-to-http','name':'One','categories':[null]}"),
                400,
                "invalid-fields");
        Problems.fields(post("/api/v1/integrations", "{'template':null,'name':null}"), "/template", "/name");
    }

    @Test
    void webhook() {
        Made made = Made.byWebhook(editor, "One");

        Problems.fields(put(made, "{'enabled':true,'methods':['POST',null]}"), "/methods/1");
        Problems.fields(
                put(made, "{'enabled':true,'verification':{'scheme':'woocommerce','secrets':[null]}}"),
                "/verification/secrets/0");
        Problems.fields(put(made, "{'enabled':true,'verification':{'scheme':null}}"), "/verification/scheme");
        assertThat(put(made, "{'enabled':true,'verification':null,'methods':null,'maxBodyBytes':null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void schedule() {
        Problems.fields(post("/api/v1/schedules/preview", "{'daily':{'at':['02:30',null]}}"), "/daily/at/1");
        Problems.fields(post("/api/v1/schedules/preview", "{'daily':{'at':null}}"), "/daily/at");
        Problems.fields(post("/api/v1/schedules/preview", "{'every':null}"), "/every");
    }

    @Test
    void recordedAnswer() {
        Response answer = post(
                "/api/v1/templates/try",
                "{'document':{'document':{'dsl':'1.0.3','namespace':'own','name':'one','version':'1.0.0',"
                        + "'metadata':{'triggers':{'webhook':{}}}},'evaluate':{'language':'jsonata'},"
                        + "'do':[{'send':{'call':'http','with':{'method':'get','endpoint':{'uri':'https://example.org/'}}}}]},"
                        + "'params':{},'event':{},'answers':{'send':null}}");

        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "7", "'text'"})
    void body(String body) {
        for (String path : new String[] {"/api/v1/integrations", "/api/v1/connections", "/api/v1/schedules/preview"}) {
            Response answer = post(path, body);
            assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(400);
            assertThat(answer.contentType()).startsWith("application/problem+json");
        }
    }

    private Response post(String path, String body) {
        return editor.call().body(body.replace('\'', '"')).post(path);
    }

    private Response put(Made made, String body) {
        return editor.call("*").body(body.replace('\'', '"')).put(made.path() + "/webhook");
    }
}
