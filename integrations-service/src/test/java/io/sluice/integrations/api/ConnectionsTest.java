package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class ConnectionsTest {

    private static final String SECRET = "sw0rdfish-never-shown";

    private final Person editor = Person.editor(Person.freshTenant());
    private final Person viewer = Person.viewer(editor.tenant());
    private final Person stranger = Person.editor(Person.freshTenant());

    @Test
    void secretsAreInNoAnswer() {
        Map<String, Object> wanted = basic("Shop");
        Response created = editor.call().body(wanted).post("/api/v1/connections");
        Made made = Made.of(created, 201);
        Response read = viewer.call().get(path(made));
        Response list = viewer.call().get("/api/v1/connections");
        Response updated = editor.call(made.etag()).body(wanted).put(path(made));
        Response refused = editor.call().body(wanted).post("/api/v1/connections");

        assertThat(List.of(created, read, list, updated, refused)).allSatisfy(answer -> {
            assertThat(answer.asString()).doesNotContain(SECRET).doesNotContain("sealed");
            assertThat(answer.headers().toString()).doesNotContain(SECRET);
        });
        assertThat(made.json().getList("secretsSet")).containsExactly("password");
        assertThat(made.json().getString("settings.username")).isEqualTo("ck_1");
    }

    @Test
    void secretsAreNowhereInTheDatabaseInClear() {
        Made shop = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Made integration = Made.signed(editor, "Signed", shop.id());
        editor.call(integration.etag())
                .body(Map.of(
                        "enabled", true, "verification", Map.of("scheme", "woocommerce", "secrets", List.of(SECRET))))
                .put(integration.path() + "/webhook")
                .then()
                .statusCode(200);
        String url =
                editor.call().get(integration.path() + "/webhook").jsonPath().getString("url");
        String token = url.substring(url.lastIndexOf('/') + 1);

        assertThat(Tables.containing(SECRET)).isEmpty();
        assertThat(Tables.containing(token)).isEmpty();
        assertThat(Tables.containing(shop.id())).contains("connection", "integration_connection", "deployment");
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        Map<String, Object> wanted = basic("Shop");
        wanted.put("settings", Map.of("user", "ck_1"));
        wanted.put("secrets", Map.of("password", "", "token", "x"));

        Problems.fields(
                editor.call().body(wanted).post("/api/v1/connections"),
                "/settings/username",
                "/settings/user",
                "/secrets/password",
                "/secrets/token");
    }

    @Test
    void unknownKindIsNamedWithTheKnownOnes() {
        Map<String, Object> wanted = basic("Shop");
        wanted.put("kind", "carrier-pigeon");

        var problem = Problems.fields(editor.call().body(wanted).post("/api/v1/connections"), "/kind");

        assertThat(problem.getString("errors[0].detail")).contains("basic", "webhook-secret");
    }

    @Test
    void missingNameAndKindAreNamed() {
        Problems.fields(editor.call().body(Map.of()).post("/api/v1/connections"), "/name", "/kind");
    }

    @Test
    void takenNameIsRefusedInItsTenantAlone() {
        Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Made other = Made.of(editor.call().body(basic("Other")).post("/api/v1/connections"), 201);

        var problem = Problems.check(editor.call().body(basic("Shop")).post("/api/v1/connections"), 409, "name-taken");
        assertThat(Problems.pointers(problem)).containsExactly("/name");
        Problems.check(editor.call(other.etag()).body(basic("Shop")).put(path(other)), 409, "name-taken");
        Made.of(stranger.call().body(basic("Shop")).post("/api/v1/connections"), 201);
    }

    @Test
    void updateWithoutSecretsKeepsThem() {
        Made made = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Map<String, Object> wanted = basic("Renamed");
        wanted.remove("secrets");

        Made updated = Made.of(editor.call(made.etag()).body(wanted).put(path(made)), 200);

        assertThat(updated.json().getString("name")).isEqualTo("Renamed");
        assertThat(updated.json().getList("secretsSet")).containsExactly("password");
        assertThat(updated.etag()).isNotEqualTo(made.etag());
    }

    @Test
    void kindOfAConnectionStays() {
        Made made = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);

        Response answer = editor.call(made.etag())
                .body(Map.of("name", "Shop", "kind", "bearer", "secrets", Map.of("token", "t")))
                .put(path(made));

        Problems.fields(answer, "/kind");
    }

    @Test
    void writesNeedTheNewestVersion() {
        Made made = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Made.of(editor.call(made.etag()).body(basic("Two")).put(path(made)), 200);

        Problems.check(editor.call().body(basic("Three")).put(path(made)), 428, "precondition-required");
        Problems.check(editor.call().delete(path(made)), 428, "precondition-required");
        Problems.check(editor.call(made.etag()).body(basic("Three")).put(path(made)), 412, "version-conflict");
        Problems.check(editor.call(made.etag()).delete(path(made)), 412, "version-conflict");
    }

    @Test
    void usedConnectionIsNotDeletedUntilItIsFree() {
        Made shop = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Made integration = Made.signed(editor, "Signed", shop.id());

        Problems.check(editor.call(shop.etag()).delete(path(shop)), 409, "in-use");
        assertThat(editor.call().get(path(shop)).jsonPath().getList("usedBy")).containsExactly(integration.id());

        editor.call(integration.etag()).delete(integration.path()).then().statusCode(204);
        editor.call(shop.etag()).delete(path(shop)).then().statusCode(204);
        Problems.check(editor.call().get(path(shop)), 404, "not-found");
    }

    @Test
    void webhookSecretInUseIsNotDeleted() {
        Made secret = Made.webhookSecret(editor, "Secret", SECRET);
        Made integration = Made.byWebhook(editor, "Signed");
        editor.call(integration.etag())
                .body(Map.of(
                        "enabled",
                        true,
                        "verification",
                        Map.of("scheme", "woocommerce", "secrets", List.of(secret.id()))))
                .put(integration.path() + "/webhook")
                .then()
                .statusCode(200);

        Problems.check(editor.call(secret.etag()).delete(path(secret)), 409, "in-use");
        assertThat(editor.call().get(path(secret)).jsonPath().getList("usedBy")).containsExactly(integration.id());
    }

    @Test
    void changedConnectionPutsItsIntegrationsInForceAgain() {
        Made shop = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);
        Made integration = Made.signed(editor, "Signed", shop.id());

        Made.of(editor.call(shop.etag()).body(basic("Shop")).put(path(shop)), 200);

        assertThat(Made.of(editor.call().get(integration.path()), 200).json().getLong("revision"))
                .isGreaterThan(integration.json().getLong("revision"));
    }

    @Test
    void otherTenantFindsNothing() {
        Made made = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);

        Problems.check(stranger.call().get(path(made)), 404, "not-found");
        Problems.check(stranger.call("*").body(basic("Mine")).put(path(made)), 404, "not-found");
        Problems.check(stranger.call("*").delete(path(made)), 404, "not-found");
        assertThat(stranger.call().get("/api/v1/connections").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void viewerChangesNothing() {
        Made made = Made.of(editor.call().body(basic("Shop")).post("/api/v1/connections"), 201);

        Problems.check(viewer.call().body(basic("Two")).post("/api/v1/connections"), 403, "forbidden");
        Problems.check(viewer.call(made.etag()).body(basic("Two")).put(path(made)), 403, "forbidden");
        Problems.check(viewer.call(made.etag()).delete(path(made)), 403, "forbidden");
        Problems.check(
                viewer.call().body(Map.of("url", "https://example.org/")).post(path(made) + "/test"), 403, "forbidden");
    }

    @Test
    void limitsAreKeptAndALaterUpdateWithoutThemTakesThemAway() {
        Map<String, Object> wanted = basic("Shop");
        wanted.put("limits", Map.of("maxConcurrent", 4, "rate", Map.of("requests", 60, "per", "PT1M")));

        Made made = Made.of(editor.call().body(wanted).post("/api/v1/connections"), 201);
        Made read = Made.of(viewer.call().get(path(made)), 200);
        Made without = Made.of(editor.call(made.etag()).body(basic("Shop")).put(path(made)), 200);

        assertThat(read.json().getInt("limits.maxConcurrent")).isEqualTo(4);
        assertThat(read.json().getInt("limits.rate.requests")).isEqualTo(60);
        assertThat(read.json().getString("limits.rate.per")).isEqualTo("PT1M");
        assertThat(without.json().getMap("")).doesNotContainKey("limits");
    }

    @Test
    void limitsThatCannotBeKeptAreNamed() {
        limited(
                Map.of("maxConcurrent", 0, "rate", Map.of("requests", 0, "per", "PT1M")),
                "/limits/maxConcurrent",
                "/limits/rate/requests");
        limited(Map.of("maxConcurrent", 257), "/limits/maxConcurrent");
        limited(Map.of("rate", Map.of("requests", 1)), "/limits/rate/per");
        limited(Map.of("rate", Map.of("requests", 1, "per", "PT0.5S")), "/limits/rate/per");
        limited(Map.of("rate", Map.of("requests", 1, "per", "P2D")), "/limits/rate/per");
    }

    private void limited(Map<String, Object> limits, String... pointers) {
        Map<String, Object> wanted = basic("Shop");
        wanted.put("limits", limits);
        Problems.fields(editor.call().body(wanted).post("/api/v1/connections"), pointers);
    }

    @Test
    void webhookSecretHasNoLimits() {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "name",
                "Secret",
                "kind",
                "webhook-secret",
                "secrets",
                Map.of("secret", SECRET),
                "limits",
                Map.of("maxConcurrent", 4)));

        Problems.fields(editor.call().body(wanted).post("/api/v1/connections"), "/limits");
    }

    @Test
    void limitsComeWithTheDeploymentAndOnlyWhereThereAreSome() {
        Feed feed = Feed.ingress();
        String epoch = feed.epoch();
        long start = feed.end();
        Map<String, Object> limited = basic("Limited");
        limited.put("limits", Map.of("rate", Map.of("requests", 60, "per", "PT1M")));
        Made.signed(
                editor,
                "One",
                Made.of(editor.call().body(limited).post("/api/v1/connections"), 201)
                        .id());
        Made.signed(
                editor,
                "Two",
                Made.of(editor.call().body(basic("Free")).post("/api/v1/connections"), 201)
                        .id());

        var page = feed.page(epoch, start);

        assertThat(page.getList("items.connections.collect { it.values()[0].limits?.rate?.requests }"))
                .containsExactly(60, null);
        assertThat(page.getList("items.connections.collect { it.values()[0].containsKey('limits') }"))
                .containsExactly(true, false);
    }

    private static String path(Made made) {
        return "/api/v1/connections/" + made.id();
    }

    private static Map<String, Object> basic(String name) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("name", name);
        wanted.put("kind", "basic");
        wanted.put("settings", Map.of("username", "ck_1"));
        wanted.put("secrets", Map.of("password", SECRET));
        return wanted;
    }
}
