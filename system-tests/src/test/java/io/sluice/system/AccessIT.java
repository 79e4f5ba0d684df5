package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.sluice.local.StackPort;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what: tenants apart, viewers only look, and nobody from outside comes to the internal API. */
@SystemTest
class AccessIT {

    private static final String ONE = "/api/v1/integrations/{id}";

    private final Sluice sluice;
    private final Integration hook;

    AccessIT(Sluice sluice) {
        this.sluice = sluice;
        this.hook = sluice.library()
                .install(
                        "library/webhook-to-http",
                        Map.of("url", sluice.demo().echo().url()));
    }

    @Test
    void anotherTenantFindsNothing() {
        SluiceApi bella = sluice.as("bella");

        Stream.concat(reads(bella), writes(bella))
                .forEach(answer -> assertProblem(answer).is(404, "not-found"));
        assertThat(Http.json(bella.get("/api/v1/integrations?limit=100"), 200).toString())
                .doesNotContain(hook.id());
        assertThat(hook.read().path("name").asText()).isNotBlank();
    }

    @Test
    void anotherTenantReachesNeitherRunsNorConnections() {
        SluiceApi bella = sluice.as("bella");
        String runId = hook.runNow(Map.of());
        String connection = sluice.as("alice").createConnection(Library.shop());

        assertProblem(bella.get("/api/v1/runs/{id}", runId)).is(404, "not-found");
        assertProblem(bella.post("/api/v1/runs/{id}/cancel", Map.of(), runId)).is(404, "not-found");
        assertProblem(bella.post("/api/v1/runs/{id}/replay", Map.of(), runId)).is(404, "not-found");
        assertProblem(bella.get("/api/v1/connections/{id}", connection)).is(404, "not-found");
        assertThat(Http.json(bella.get("/api/v1/connections"), 200).toString()).doesNotContain(connection);
    }

    @Test
    void aConnectionOfAnotherTenantCannotBeUsed() {
        String foreign = sluice.as("bella").createConnection(Library.shop());
        Map<String, Object> draft = sluice.library().draft("library/inventory-sync-webhook", Map.of());
        draft.put("connections", Map.of("shop", foreign));

        assertProblem(sluice.as("alice").post("/api/v1/integrations", draft))
                .is(400, "unknown-connection")
                .pointsAt("/connections/shop");
    }

    @Test
    void aViewerReads() {
        hook.enableWebhook(WebhookCall.noVerification());
        SluiceApi victor = sluice.as("victor");

        reads(victor).forEach(answer -> Http.require(answer, 200));
        JsonNode webhook = Http.json(victor.get(ONE + "/webhook", hook.id()), 200);
        assertThat(webhook.path("enabled").asBoolean()).isTrue();
        assertThat(webhook.has("url"))
                .as("Who has the URL can start the integration")
                .isFalse();
    }

    @Test
    void aViewerWritesNothing() {
        SluiceApi victor = sluice.as("victor");
        String before = hook.etag();

        writes(victor).forEach(answer -> assertProblem(answer).is(403, "forbidden"));
        assertProblem(victor.post("/api/v1/connections", Library.shop())).is(403, "forbidden");
        assertProblem(victor.post("/api/v1/integrations", Map.of("template", "library/webhook-to-http", "name", "x")))
                .is(403, "forbidden");
        assertThat(hook.etag()).isEqualTo(before);
    }

    @Test
    void nobodyUnknownGetsIn() {
        SluiceApi anonymous = sluice.anonymous();

        Stream.concat(reads(anonymous), writes(anonymous))
                .forEach(answer -> assertProblem(answer).is(401, "unauthenticated"));
        assertProblem(anonymous
                        .request()
                        .header("Authorization", "Bearer not.a.token")
                        .get("/api/v1/integrations"))
                .is(401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGRATIONS, /internal/v1/deployments?after=0",
        "INTEGRATIONS, /internal/v1/flows/0000000000000000000000000000000000000000000000000000000000000000",
        "INGRESS, /internal/v1/last-runs?after=0",
        "INGRESS, /internal/v1/runs/019ab8e1-0000-7000-8000-000000000000?tenant=acme",
        "SCHEDULER, /internal/v1/last-runs?after=0",
        "SCHEDULER, /internal/v1/runs/019ab8e1-0000-7000-8000-000000000000?tenant=acme"
    })
    void theInternalApiIsForServicesAlone(StackPort service, String path) {
        for (String user : List.of("alice", "adam")) {
            assertThat(sluice.as(user).at(sluice.url(service)).get(path).statusCode())
                    .isIn(401, 403);
        }
        assertThat(sluice.anonymous().at(sluice.url(service)).get(path).statusCode())
                .isIn(401, 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "bolt"})
    void aTenantThatIsNotOnesOwnCannotBeNamed(String tenant) {
        Response answer =
                sluice.as("bella").request().header("Sluice-Tenant", tenant).get("/api/v1/integrations?limit=100");

        if (tenant.equals("bolt")) {
            Http.require(answer, 200);
        } else {
            assertProblem(answer).is(403, "forbidden");
        }
    }

    private Stream<Response> reads(SluiceApi api) {
        return Stream.of("", "/webhook", "/schedules", "/runs").map(part -> api.get(ONE + part, hook.id()));
    }

    private Stream<Response> writes(SluiceApi api) {
        String etag = hook.etag();
        String id = hook.id();
        Map<String, Object> update =
                Map.of("name", Json.unique("taken"), "configuration", Map.of("url", "http://127.0.0.1:1/"));
        return Stream.of(
                api.put(ONE, etag, update, id),
                api.put(ONE + "/webhook", etag, Map.of("enabled", true), id),
                api.postIfMatch(ONE + "/webhook/rotate", etag, Map.of(), id),
                api.postIfMatch(ONE + "/schedules", etag, Map.of("every", "PT1H"), id),
                api.post(ONE + "/runs", Map.of(), id),
                api.post(ONE + "/clone", Map.of(), id),
                api.delete(ONE, etag, id));
    }
}
