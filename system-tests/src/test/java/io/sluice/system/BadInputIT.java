package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;

import io.restassured.response.Response;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Library;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person or a program gets wrong: each answer names the field and the way out. */
@SystemTest
class BadInputIT {

    private static final String JSON = "application/json";
    private static final String INTEGRATIONS = "/api/v1/integrations";
    private static final String ONE = INTEGRATIONS + "/{id}";

    private final Sluice sluice;
    private final SluiceApi alice;
    private final Library library;

    BadInputIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.library = sluice.library();
    }

    @ParameterizedTest
    @ValueSource(strings = {"library/no-such-template", "library/webhook-to-http:99.0.0", "nonsense"})
    void anUnknownTemplate(String template) {
        Response answer = alice.post(INTEGRATIONS, Map.of("template", template, "name", "x"));

        assertProblem(answer).is(400, "unknown-template").pointsAt("/template");
    }

    @Test
    void aMissingParameter() {
        Response answer = alice.post(
                INTEGRATIONS, Map.of("template", "library/webhook-to-http", "name", "x", "configuration", Map.of()));

        assertProblem(answer).is(400, "invalid-fields").pointsAt("/configuration/url");
    }

    @Test
    void everyMissingParameterIsNamedAtOnce() {
        Response answer = alice.post(
                INTEGRATIONS, Map.of("template", "library/poll-to-http", "name", "x", "configuration", Map.of()));

        assertProblem(answer)
                .is(400, "invalid-fields")
                .pointsAt("/configuration/url")
                .pointsAt("/configuration/source");
    }

    @Test
    void aWrongParameter() {
        assertProblem(withConfiguration(Map.of("url", 7)))
                .is(400, "invalid-fields")
                .pointsAt("/configuration/url");
        assertProblem(withConfiguration(Map.of("url", "not a url")))
                .is(400, "invalid-fields")
                .pointsAt("/configuration/url");
    }

    @Test
    void anUnknownParameter() {
        assertProblem(withConfiguration(Map.of("url", sluice.demo().url("/echo"), "colour", "red")))
                .is(400, "invalid-fields")
                .pointsAt("/configuration/colour");
    }

    @Test
    void anUnknownConnection() {
        Map<String, Object> draft = library.draft("library/inventory-sync-webhook", Map.of());
        draft.put("connections", Map.of("shop", UUID.randomUUID()));

        assertProblem(alice.post(INTEGRATIONS, draft))
                .is(400, "unknown-connection")
                .pointsAt("/connections/shop");
    }

    @Test
    void aSlotLeftEmpty() {
        Map<String, Object> draft = library.draft("library/inventory-sync-webhook", Map.of());
        draft.put("connections", Map.of());

        assertProblem(alice.post(INTEGRATIONS, draft)).is(400, "invalid-fields").pointsAt("/connections/shop");
    }

    @Test
    void aConnectionWithoutItsSecret() {
        Map<String, Object> connection = new HashMap<>(Library.shop());
        connection.remove("secrets");

        assertProblem(alice.post("/api/v1/connections", connection))
                .is(400, "invalid-fields")
                .pointsAt("/secrets/password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"template\": \"library/webhook-to-http\",", "not json", "[1, 2]", "\"text\""})
    void brokenJson(String body) {
        Response answer = alice.request().contentType(JSON).body(body).post(INTEGRATIONS);

        assertProblem(answer).is(400, "bad-request");
    }

    @Test
    void anUnknownField() {
        Response answer =
                alice.post(INTEGRATIONS, Map.of("template", "library/webhook-to-http", "name", "x", "colour", "red"));

        assertProblem(answer).is(400, "invalid-fields").pointsAt("/colour");
    }

    @Test
    void aBlankName() {
        Map<String, Object> draft = library.draft(
                "library/webhook-to-http", Map.of("url", sluice.demo().url("/echo")));
        draft.put("name", " ");

        assertProblem(alice.post(INTEGRATIONS, draft)).is(400, "invalid-fields").pointsAt("/name");
    }

    @Test
    void aDescriptionThatIsTooLong() {
        Map<String, Object> draft = library.draft(
                "library/webhook-to-http", Map.of("url", sluice.demo().url("/echo")));
        draft.put("description", "x".repeat(2_001));

        assertProblem(alice.post(INTEGRATIONS, draft)).is(400, "invalid-fields").pointsAt("/description");
    }

    @Test
    void anUnknownScheme() {
        Integration hook = webhookToHttp();

        Response answer = alice.put(
                ONE + "/webhook",
                hook.etag(),
                Map.of("enabled", true, "verification", Map.of("scheme", "handshake")),
                hook.id());

        assertProblem(answer).is(400, "invalid-fields").pointsAt("/verification/scheme");
    }

    @Test
    void aSchemeWithoutItsSecret() {
        Integration hook = webhookToHttp();

        Response answer = alice.put(
                ONE + "/webhook",
                hook.etag(),
                Map.of("enabled", true, "verification", Map.of("scheme", "woocommerce", "secrets", List.of())),
                hook.id());

        assertProblem(answer).is(400, "invalid-fields").pointsAt("/verification/secrets");
    }

    @Test
    void aStaleTag() {
        Integration hook = webhookToHttp();
        String stale = hook.etag();
        hook.saveWebhook(Map.of("enabled", false, "methods", List.of("PUT")));

        assertProblem(alice.put(ONE + "/webhook", stale, Map.of("enabled", true), hook.id()))
                .is(412, "version-conflict");
        assertProblem(alice.put(ONE, stale, Map.of("name", "x"), hook.id())).is(412, "version-conflict");
        assertProblem(alice.delete(ONE, stale, hook.id())).is(412, "version-conflict");
    }

    @Test
    void aMissingTag() {
        Integration hook = webhookToHttp();

        assertProblem(alice.request()
                        .contentType(JSON)
                        .body("{\"enabled\":true}")
                        .put(ONE + "/webhook", hook.id()))
                .is(428, "precondition-required");
        assertProblem(alice.request().contentType(JSON).body("{\"name\":\"x\"}").put(ONE, hook.id()))
                .is(428, "precondition-required");
        assertProblem(alice.request().delete(ONE, hook.id())).is(428, "precondition-required");
    }

    @Test
    void nothingThere() {
        assertProblem(alice.get(ONE, UUID.randomUUID())).is(404, "not-found");
        assertProblem(alice.get("/api/v1/templates/library/no-such-template")).is(404, "not-found");
        assertProblem(alice.get("/api/v1/no-such-thing")).is(404, "not-found");
        assertProblem(alice.get(ONE, "not-an-id")).is(404, "not-found");
    }

    @Test
    void aMethodThatIsNotAllowed() {
        assertProblem(alice.request().patch(INTEGRATIONS)).is(405, "method-not-allowed");
    }

    @Test
    void anotherMediaType() {
        assertProblem(alice.request().contentType("text/plain").body("name=x").post(INTEGRATIONS))
                .is(415, "unsupported-media-type");
    }

    private Response withConfiguration(Map<String, Object> configuration) {
        return alice.post(
                INTEGRATIONS,
                Map.of("template", "library/webhook-to-http", "name", "x", "configuration", configuration));
    }

    private Integration webhookToHttp() {
        return library.install(
                "library/webhook-to-http", Map.of("url", sluice.demo().url("/echo")));
    }
}
