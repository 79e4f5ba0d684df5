package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class IntegrationsTest {

    private final Person editor = Person.editor(Person.freshTenant());
    private final Person viewer = Person.viewer(editor.tenant());
    private final Person stranger = Person.editor(Person.freshTenant());

    @Test
    void createdIntegrationHasAddressVersionAndItsTriggersOff() {
        Response answer = editor.call()
                .body(Map.of(
                        "template",
                        "library/webhook-to-http",
                        "name",
                        "  Calls → target ",
                        "configuration",
                        Map.of("url", "https://example.org/in")))
                .post("/api/v1/integrations");

        Made made = Made.of(answer, 201);
        assertThat(answer.header("Location")).endsWith("/api/v1/integrations/" + made.id());
        assertThat(made.etag()).isEqualTo("\"" + made.json().getLong("revision") + "\"");
        assertThat(made.json().getString("name")).isEqualTo("Calls → target");
        assertThat(made.json().getString("template")).startsWith("library/webhook-to-http:");
        assertThat(made.json().getString("status")).isEqualTo("off");
        assertThat(made.json().getBoolean("webhookEnabled")).isFalse();
        assertThat(made.json().getList("schedules")).isEmpty();
        assertThat(made.json().getList("categories")).containsExactly("Generic");
        assertThat(made.json().getString("createdBy")).isEqualTo("alice");
    }

    @Test
    void viewerReadsWhatTheEditorMade() {
        Made made = Made.byWebhook(editor, "One");

        Made read = Made.of(viewer.call().get(made.path()), 200);

        assertThat(read.etag()).isEqualTo(made.etag());
        assertThat(read.json().getMap("")).isEqualTo(made.json().getMap(""));
    }

    @Test
    void updateChangesTheVersionAndWhatWasWritten() {
        Made made = Made.byWebhook(editor, "One");

        Made updated = Made.of(editor.call(made.etag()).body(update("Two")).put(made.path()), 200);

        assertThat(updated.etag()).isNotEqualTo(made.etag());
        assertThat(updated.json().getString("name")).isEqualTo("Two");
        assertThat(updated.json().getString("configuration.url")).isEqualTo("https://example.org/other");
        assertThat(Made.of(editor.call().get(made.path()), 200).etag()).isEqualTo(updated.etag());
    }

    @Test
    void writesWithoutAVersionAreRefused() {
        Made made = Made.byWebhook(editor, "One");

        Problems.check(editor.call().body(update("Two")).put(made.path()), 428, "precondition-required");
        Problems.check(editor.call().delete(made.path()), 428, "precondition-required");
        Problems.check(
                editor.call().body(Map.of("enabled", true)).put(made.path() + "/webhook"),
                428,
                "precondition-required");
        Problems.check(
                editor.call().body(Map.of("every", "PT1H")).post(made.path() + "/schedules"),
                428,
                "precondition-required");
        assertThat(Made.of(editor.call().get(made.path()), 200).etag()).isEqualTo(made.etag());
    }

    @Test
    void writesOnAnOldVersionAreRefusedAndChangeNothing() {
        Made made = Made.byWebhook(editor, "One");
        Made updated = Made.of(editor.call(made.etag()).body(update("Two")).put(made.path()), 200);

        Problems.check(editor.call(made.etag()).body(update("Three")).put(made.path()), 412, "version-conflict");
        Problems.check(editor.call(made.etag()).delete(made.path()), 412, "version-conflict");
        Problems.check(
                editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook"),
                412,
                "version-conflict");
        Problems.check(editor.call("\"none of ours\"").delete(made.path()), 412, "version-conflict");

        Made read = Made.of(editor.call().get(made.path()), 200);
        assertThat(read.json().getMap("")).isEqualTo(updated.json().getMap(""));
    }

    @Test
    void starMatchesAnyVersion() {
        Made made = Made.byWebhook(editor, "One");

        assertThat(editor.call("*").delete(made.path()).statusCode()).isEqualTo(204);
    }

    @Test
    void deletedIntegrationIsGone() {
        Made made = Made.byWebhook(editor, "One");

        assertThat(editor.call(made.etag()).delete(made.path()).statusCode()).isEqualTo(204);

        Problems.check(editor.call().get(made.path()), 404, "not-found");
        Problems.check(editor.call(made.etag()).delete(made.path()), 404, "not-found");
        assertThat(editor.call().get("/api/v1/integrations").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void cloneIsACopyWithItsTriggersOff() {
        Made made = Made.byWebhook(editor, "One");
        Response enabled =
                editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook");

        Made copy = Made.of(editor.call().post(made.path() + "/clone"), 201);

        assertThat(copy.id()).isNotEqualTo(made.id());
        assertThat(copy.json().getString("name")).isEqualTo("Copy of One");
        assertThat(copy.json().getMap("configuration")).isEqualTo(made.json().getMap("configuration"));
        assertThat(copy.json().getBoolean("webhookEnabled")).isFalse();
        assertThat(editor.call().get(copy.path() + "/webhook").jsonPath().getString("url"))
                .isNull();
        Response own = editor.call(copy.etag()).body(Map.of("enabled", true)).put(copy.path() + "/webhook");
        assertThat(own.jsonPath().getString("url"))
                .isNotEqualTo(enabled.jsonPath().getString("url"));
    }

    @Test
    void cloneOfTheLongestNameStaysWithinItsLength() {
        Made made = Made.byWebhook(editor, "n".repeat(200));

        Made copy = Made.of(editor.call().post(made.path() + "/clone"), 201);

        assertThat(copy.json().getString("name")).hasSize(200).startsWith("Copy of n");
    }

    @Test
    void otherTenantFindsNothing() {
        Made made = Made.byWebhook(editor, "One");
        String schedule = made.path() + "/schedules/" + UUID.randomUUID();

        Problems.check(stranger.call().get(made.path()), 404, "not-found");
        Problems.check(stranger.call("*").body(update("Taken")).put(made.path()), 404, "not-found");
        Problems.check(stranger.call("*").delete(made.path()), 404, "not-found");
        Problems.check(stranger.call().post(made.path() + "/clone"), 404, "not-found");
        Problems.check(stranger.call().get(made.path() + "/webhook"), 404, "not-found");
        Problems.check(
                stranger.call("*").body(Map.of("enabled", true)).put(made.path() + "/webhook"), 404, "not-found");
        Problems.check(stranger.call("*").body(Map.of()).post(made.path() + "/webhook/rotate"), 404, "not-found");
        Problems.check(stranger.call().get(made.path() + "/schedules"), 404, "not-found");
        Problems.check(stranger.call().get(schedule), 404, "not-found");
        Problems.check(stranger.call("*").delete(schedule), 404, "not-found");
        Problems.check(stranger.call().body(Map.of()).post(made.path() + "/runs"), 404, "not-found");
        Problems.check(stranger.call().get(made.path() + "/runs"), 404, "not-found");
        assertThat(stranger.call().get("/api/v1/integrations").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void viewerChangesNothing() {
        Made made = Made.byWebhook(editor, "One");

        Problems.check(viewer.call().body(wanted("Two")).post("/api/v1/integrations"), 403, "forbidden");
        Problems.check(viewer.call(made.etag()).body(update("Two")).put(made.path()), 403, "forbidden");
        Problems.check(viewer.call(made.etag()).delete(made.path()), 403, "forbidden");
        Problems.check(viewer.call().post(made.path() + "/clone"), 403, "forbidden");
        Problems.check(
                viewer.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook"), 403, "forbidden");
        Problems.check(viewer.call(made.etag()).body(Map.of()).post(made.path() + "/webhook/rotate"), 403, "forbidden");
        Problems.check(
                viewer.call(made.etag()).body(Map.of("every", "PT1H")).post(made.path() + "/schedules"),
                403,
                "forbidden");
        Problems.check(viewer.call().body(Map.of()).post(made.path() + "/runs"), 403, "forbidden");
        assertThat(Made.of(viewer.call().get(made.path()), 200).etag()).isEqualTo(made.etag());
    }

    @Test
    void everyWrongFieldOfAConfigurationIsNamedAtOnce() {
        Map<String, Object> wanted = wanted("One");
        wanted.put("template", "library/poll-to-http");
        wanted.put("configuration", Map.of("source", 7, "surplus", true));
        wanted.put("connections", Map.of("shop", UUID.randomUUID()));

        Response answer = editor.call().body(wanted).post("/api/v1/integrations");

        Problems.fields(
                answer, "/configuration/source", "/configuration/url", "/configuration/surplus", "/connections/shop");
    }

    @Test
    void configurationIsCheckedOnUpdateToo() {
        Made made = Made.byWebhook(editor, "One");
        Map<String, Object> wanted = update("Two");
        wanted.put("configuration", Map.of());

        Problems.fields(editor.call(made.etag()).body(wanted).put(made.path()), "/configuration/url");
        assertThat(Made.of(editor.call().get(made.path()), 200).etag()).isEqualTo(made.etag());
    }

    @Test
    void missingConfigurationNamesWhatItNeeds() {
        Map<String, Object> wanted = wanted("One");
        wanted.remove("configuration");

        Problems.fields(editor.call().body(wanted).post("/api/v1/integrations"), "/configuration/url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"library/none", "none", "library/webhook-to-http:9.9.9", "/", ":", "a:b/c", "library/"})
    void unknownTemplateIsNamed(String template) {
        Map<String, Object> wanted = wanted("One");
        wanted.put("template", template);

        var problem = Problems.check(editor.call().body(wanted).post("/api/v1/integrations"), 400, "unknown-template");

        assertThat(Problems.pointers(problem)).containsExactly("/template");
    }

    @Test
    void unknownConnectionIsNamed() {
        Map<String, Object> wanted = signed(UUID.randomUUID().toString());

        var problem =
                Problems.check(editor.call().body(wanted).post("/api/v1/integrations"), 400, "unknown-connection");

        assertThat(Problems.pointers(problem)).containsExactly("/connections/shop");
    }

    @Test
    void connectionOfAnotherTenantIsUnknown() {
        Made theirs = Made.shop(stranger, "Theirs", "s3cret");

        Response answer = editor.call().body(signed(theirs.id())).post("/api/v1/integrations");

        Problems.check(answer, 400, "unknown-connection");
    }

    @Test
    void missingConnectionAndOneOfAnotherKindAreNamed() {
        Made secret = Made.webhookSecret(editor, "Secret", "a secret");
        Map<String, Object> without = signed(secret.id());
        without.remove("connections");

        Problems.fields(editor.call().body(without).post("/api/v1/integrations"), "/connections/shop");
        Problems.fields(editor.call().body(signed(secret.id())).post("/api/v1/integrations"), "/connections/shop");
    }

    @Test
    void wrongTextsAreNamed() {
        Map<String, Object> wanted = wanted(" ");
        wanted.put("description", "d".repeat(2001));
        wanted.put("categories", List.of("", "c".repeat(61)));

        Response answer = editor.call().body(wanted).post("/api/v1/integrations");

        assertThat(Problems.pointers(Problems.check(answer, 400, "invalid-fields")))
                .contains("/name", "/description")
                .filteredOn(pointer -> pointer.startsWith("/categories/"))
                .hasSize(2);
    }

    @Test
    void templateOfAnIntegrationStays() {
        Made made = Made.byWebhook(editor, "One");
        Map<String, Object> wanted = update("Two");
        wanted.put("template", "library/poll-to-http");

        Problems.fields(editor.call(made.etag()).body(wanted).put(made.path()), "/template");
    }

    @Test
    void personWithSeveralTenantsNamesOne() {
        Person both = editor.withTenants(editor.tenant(), stranger.tenant());
        Made made = Made.byWebhook(stranger, "Theirs");

        Problems.check(both.call().get(made.path()), 404, "not-found");
        assertThat(both.call()
                        .header("Sluice-Tenant", stranger.tenant())
                        .get(made.path())
                        .statusCode())
                .isEqualTo(200);
        Problems.check(editor.call().header("Sluice-Tenant", stranger.tenant()).get(made.path()), 403, "forbidden");
    }

    private static Map<String, Object> wanted(String name) {
        Map<String, Object> wanted = update(name);
        wanted.put("template", "library/webhook-to-http");
        return wanted;
    }

    private static Map<String, Object> update(String name) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("name", name);
        wanted.put("configuration", Map.of("url", "https://example.org/other"));
        return wanted;
    }

    private static Map<String, Object> signed(String shop) {
        Map<String, Object> wanted = wanted("Signed");
        wanted.put("template", "library/inventory-sync-webhook");
        wanted.put("configuration", Map.of("shopUrl", "https://shop.example.org"));
        wanted.put("connections", Map.of("shop", shop));
        return wanted;
    }
}
