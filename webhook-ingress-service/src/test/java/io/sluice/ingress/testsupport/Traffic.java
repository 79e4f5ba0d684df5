package io.sluice.ingress.testsupport;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What came in at an endpoint, as integrations-service asks for it. */
public final class Traffic {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String BASE = "/internal/v1/webhooks/";

    private final TestEndpoint endpoint;
    private final String tenant;
    private final String role;

    private Traffic(TestEndpoint endpoint, String tenant, String role) {
        this.endpoint = endpoint;
        this.tenant = tenant;
        this.role = role;
    }

    public static Traffic of(TestEndpoint endpoint) {
        return new Traffic(endpoint, endpoint.tenant(), "service");
    }

    public Traffic ofTenant(String other) {
        return new Traffic(endpoint, other, role);
    }

    public Traffic as(String otherRole) {
        return new Traffic(endpoint, tenant, otherRole);
    }

    /** @param query names and values in turn */
    public Response get(String path, Object... query) {
        RequestSpecification request = request();
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam((String) query[i], query[i + 1]);
        }
        return request.get(BASE + endpoint.integrationId() + path);
    }

    public Response post(String path, Object body) {
        return request().queryParam("by", "alice").body(body).post(BASE + endpoint.integrationId() + path);
    }

    private RequestSpecification request() {
        String token = Jwt.preferredUserName("integrations-service")
                .subject("integrations-service")
                .issuer("https://server.example.com")
                .audience("sluice-internal")
                .claim("azp", "integrations-service")
                .claim("realm_access", Map.of("roles", List.of(role)))
                .expiresIn(Duration.ofMinutes(10))
                .jws()
                .keyId("1")
                .sign("privateKey.jwk");
        return given().auth().oauth2(token).contentType(ContentType.JSON).queryParam("tenant", tenant);
    }

    public JsonPath activity() {
        return ok(get("/activity"));
    }

    /** The newest first. */
    public JsonPath calls(Object... query) {
        return ok(get("/calls", query));
    }

    public JsonPath call(UUID id) {
        return ok(get("/calls/" + id));
    }

    /** The newest call of an outcome in full, once so many are listed. */
    public JsonPath newest(String outcome, int listed) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(calls("outcome", outcome).getList("items")).hasSize(listed));
        return call(UUID.fromString(calls("outcome", outcome).getString("items[0].id")));
    }

    public JsonPath newest(String outcome) {
        return newest(outcome, 1);
    }

    /** Runs that a call starts once more. */
    public List<UUID> replay(UUID call) {
        return ok(post("/calls/" + call + "/replay", "")).getList("runIds", UUID.class);
    }

    public UUID listen(Duration duration) {
        return UUID.fromString(
                ok(post("/listeners", Map.of("duration", duration.toString()))).getString("id"));
    }

    public JsonPath listener(UUID id, String wait) {
        return ok(get("/listeners/" + id, "wait", wait));
    }

    /** @param request without its URL */
    public Response test(Map<String, Object> request) {
        return post(
                "/test-call",
                Map.of("url", "https://hooks.example.org/webhook/" + endpoint.token(), "request", request));
    }

    private static JsonPath ok(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isBetween(200, 299);
        return response.jsonPath();
    }
}
