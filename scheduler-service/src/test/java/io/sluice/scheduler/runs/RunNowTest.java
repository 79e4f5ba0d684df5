package io.sluice.scheduler.runs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.scheduler.schedule.ScheduleSink;
import io.sluice.scheduler.testsupport.Deployed;
import io.sluice.scheduler.testsupport.ServiceStack;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class RunNowTest {

    private static final String RUNS = "/internal/v1/runs";

    @Inject
    ScheduleSink sink;

    @Inject
    Jdbi jdbi;

    private Deployed deployed;

    @BeforeEach
    void deploy() {
        deployed = new Deployed(jdbi, sink).deploy();
    }

    @Test
    void startedRunIsStoredAndCanBeRead() {
        Response started = start(deployed.tenant(), Map.of("by", "hand"));

        assertThat(started.statusCode()).as(started.asString()).isEqualTo(200);
        String id = started.jsonPath().getString("runId");
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        JsonPath run = read(id, deployed.tenant()).jsonPath();
        assertThat(run.getString("trigger")).isEqualTo("manual");
        assertThat(run.getString("integrationId"))
                .isEqualTo(deployed.integrationId().toString());
        JsonPath list = service()
                .queryParam("tenant", deployed.tenant())
                .queryParam("integrationId", deployed.integrationId())
                .get(RUNS)
                .jsonPath();
        assertThat(list.getList("items.id")).containsExactly(id);
    }

    @Test
    void runBelongsToItsTenantAlone() {
        String id = start(deployed.tenant(), null).jsonPath().getString("runId");

        assertThat(read(id, "another-tenant").statusCode()).isEqualTo(404);
        assertThat(service()
                        .queryParam("tenant", "another-tenant")
                        .queryParam("by", "bella")
                        .post(RUNS + "/" + id + "/cancel")
                        .statusCode())
                .isEqualTo(404);
        assertThat(service()
                        .queryParam("tenant", "another-tenant")
                        .queryParam("by", "bella")
                        .body(Map.of())
                        .post(RUNS + "/" + id + "/replay")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void integrationThatIsNotHereOrOfAnotherTenantIsUnavailable() {
        for (Response answer :
                List.of(start("another-tenant", null), new Starter(deployed.tenant(), UUID.randomUUID()).start(null))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.jsonPath().getString("type")).isEqualTo("urn:sluice:problem:unavailable");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }
    }

    @Test
    void integrationThatThisVersionCannotRunIsUnavailable() {
        deployed.deploy("its flow is from the future");

        assertThat(start(deployed.tenant(), null).statusCode()).isEqualTo(503);
    }

    @Test
    void cancelledRunEndsCancelledOrHasEnded() {
        String id = start(deployed.tenant(), null).jsonPath().getString("runId");

        service()
                .queryParam("tenant", deployed.tenant())
                .queryParam("by", "alice")
                .post(RUNS + "/" + id + "/cancel")
                .then()
                .statusCode(204);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(read(id, deployed.tenant()).jsonPath().getString("status"))
                                .isIn("cancelled", "succeeded"));
    }

    @Test
    void onlyServicesMayAsk() {
        String id = start(deployed.tenant(), null).jsonPath().getString("runId");
        String path = RUNS + "/" + id + "?tenant=" + deployed.tenant();

        assertThat(given().get(path).statusCode()).isEqualTo(401);
        assertThat(as("viewer", "sluice-internal").get(path).statusCode()).isEqualTo(403);
        assertThat(as("admin", "sluice-internal").get(path).statusCode()).isEqualTo(403);
        assertThat(as("service", "sluice-api").get(path).statusCode()).isEqualTo(401);
        assertThat(as("service", "sluice-internal").get(path).statusCode()).isEqualTo(200);
    }

    private Response start(String tenant, Object event) {
        return new Starter(tenant, deployed.integrationId()).start(event);
    }

    private record Starter(String tenant, UUID integrationId) {
        Response start(Object event) {
            Map<String, Object> request = new HashMap<>();
            request.put("tenant", tenant);
            request.put("integrationId", integrationId);
            request.put("event", event);
            request.put("requestedBy", "alice");
            return service().body(request).post(RUNS);
        }
    }

    private static Response read(String id, String tenant) {
        return service().queryParam("tenant", tenant).get(RUNS + "/" + id);
    }

    private static RequestSpecification service() {
        return as("service", "sluice-internal");
    }

    private static RequestSpecification as(String role, String audience) {
        String token = Jwt.preferredUserName("integrations-service")
                .subject("integrations-service")
                .issuer("https://server.example.com")
                .audience(audience)
                .claim("azp", "integrations-service")
                .claim("realm_access", Map.of("roles", List.of(role)))
                .expiresIn(Duration.ofMinutes(10))
                .jws()
                .keyId("1")
                .sign("privateKey.jwk");
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }
}
