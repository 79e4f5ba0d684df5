package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.run.seal.SealException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class DeploymentsFeedTest {

    private static final String PATH = "/internal/v1/deployments";

    private final Person editor = Person.editor(Person.freshTenant());
    private final Feed ingress = Feed.ingress();
    private final Feed scheduler = Feed.scheduler();

    @Test
    void statesComeInTheOrderOfTheirRevisions() {
        String epoch = ingress.epoch();
        long start = ingress.end();
        Made first = Made.byWebhook(editor, "First");
        Made second = Made.byWebhook(editor, "Second");
        Made changed = Made.of(
                editor.call(first.etag())
                        .body(Map.of("name", "Changed", "configuration", Map.of("url", "https://example.org/")))
                        .put(first.path()),
                200);

        JsonPath page = ingress.page(epoch, start);

        // Only the newest state of the changed one, at its newest place.
        assertThat(page.getList("items.integrationId")).containsExactly(second.id(), first.id());
        assertThat(page.getList("items.name")).containsExactly("Second", "Changed");
        assertThat(page.getLong("revision")).isEqualTo(changed.json().getLong("revision"));
        assertThat(page.getList("items.revision", Long.class))
                .containsExactly(
                        second.json().getLong("revision"), changed.json().getLong("revision"));
    }

    @Test
    void deletionLeavesATombstone() {
        String epoch = ingress.epoch();
        Made made = Made.byWebhook(editor, "One");
        long start = ingress.end();
        editor.call(made.etag()).delete(made.path()).then().statusCode(204);

        JsonPath page = ingress.page(epoch, start);

        assertThat(page.getList("items.integrationId")).containsExactly(made.id());
        assertThat(page.getBoolean("items[0].deleted")).isTrue();
        assertThat(page.getMap("items[0]")).doesNotContainKeys("params", "connections", "webhook");
    }

    @Test
    void eachServiceGetsTheSecretsThatItAloneCanOpen() {
        Made shop = Made.shop(editor, "Shop", "the password");
        Made made = Made.signed(editor, "Signed", shop.id());

        Map<String, Object> forIngress = shopOf(ingress.of(made));
        Map<String, Object> forScheduler = shopOf(scheduler.of(made));

        assertThat(forIngress).containsOnlyKeys("id", "kind", "settings", "sealed");
        assertThat(ingress.opened(forIngress.get("sealed"), editor.tenant(), shop.id()))
                .isEqualTo("{\"password\":\"the password\"}");
        assertThat(scheduler.opened(forScheduler.get("sealed"), editor.tenant(), shop.id()))
                .isEqualTo("{\"password\":\"the password\"}");
        assertThatThrownBy(() -> ingress.opened(forScheduler.get("sealed"), editor.tenant(), shop.id()))
                .isInstanceOf(SealException.class);
        assertThatThrownBy(() -> ingress.opened(forIngress.get("sealed"), "another-tenant", shop.id()))
                .isInstanceOf(SealException.class);
    }

    @Test
    void onlyIngressLearnsOfWebhooks() throws Exception {
        Made made = Made.byWebhook(editor, "One");
        Response enabled =
                editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook");
        String url = enabled.jsonPath().getString("url");
        String token = url.substring(url.lastIndexOf('/') + 1);

        Map<String, Object> state = ingress.of(made);

        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        assertThat(state.toString()).contains(sha256).doesNotContain(token);
        assertThat(scheduler.of(made)).doesNotContainKey("webhook");
    }

    @Test
    void rotatedTokenIsToldWithItsEnd() {
        Made made = Made.byWebhook(editor, "One");
        Response enabled =
                editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook");
        editor.call(enabled.header("ETag"))
                .body(Map.of("overlap", "PT1H"))
                .post(made.path() + "/webhook/rotate")
                .then()
                .statusCode(200);

        List<Map<String, Object>> tokens = tokensOf(ingress.of(made));

        assertThat(tokens).hasSize(2);
        assertThat(tokens.get(0)).doesNotContainKey("until");
        assertThat(Instant.parse((String) tokens.get(1).get("until"))).isAfter(Instant.now());
    }

    @Test
    void waitingFollowerIsAnsweredSoonAfterAChange() throws Exception {
        String epoch = ingress.epoch();
        long start = ingress.end();
        CompletableFuture<JsonPath> waiting = CompletableFuture.supplyAsync(() -> ingress.page(epoch, start, "20s"));

        // The answer to an empty page's wait shows that the follower's own request is under way by now.
        assertThat(ingress.page(epoch, start, "1s").getList("items")).isEmpty();
        assertThat(waiting).isNotDone();

        Made made = Made.byWebhook(editor, "One");
        Instant saved = Instant.now();
        JsonPath page = waiting.get(10, TimeUnit.SECONDS);

        assertThat(page.getList("items.integrationId")).contains(made.id());
        assertThat(Duration.between(saved, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void withoutAChangeTheAnswerComesEmptyAfterTheWait() {
        String epoch = ingress.epoch();
        long start = ingress.end();
        Instant asked = Instant.now();

        JsonPath page = ingress.page(epoch, start, "1s");

        assertThat(page.getList("items")).isEmpty();
        assertThat(page.getLong("revision")).isEqualTo(start);
        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @Test
    void anotherEpochReadsAllAgain() {
        Made made = Made.byWebhook(editor, "One");
        long end = ingress.end();

        JsonPath page = ingress.page("another database", end, "20s");

        assertThat(page.getList("items.revision", Long.class).getFirst()).isLessThan(end);
        assertThat(ingress.of(made)).isNotNull();
    }

    @Test
    void webhookIsInForceOnceIngressHasAskedForWhatComesAfter() {
        String epoch = ingress.epoch();
        Made made = Made.byWebhook(editor, "One");
        Response enabled =
                editor.call(made.etag()).body(Map.of("enabled", true)).put(made.path() + "/webhook");
        assertThat(enabled.jsonPath().getBoolean("inForce.current")).isFalse();

        JsonPath page = ingress.page(epoch, made.json().getLong("revision"));
        assertThat(inForce(made)).isFalse();
        scheduler.page(epoch, page.getLong("revision"));
        assertThat(inForce(made)).isFalse();
        ingress.page("another database", page.getLong("revision"));
        assertThat(inForce(made)).isFalse();
        ingress.page(epoch, page.getLong("revision"));

        JsonPath webhook = editor.call().get(made.path() + "/webhook").jsonPath();
        assertThat(webhook.getBoolean("inForce.current")).isTrue();
        assertThat(Instant.parse(webhook.getString("inForce.since")))
                .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(1));
    }

    @Test
    void flowIsFetchedByItsDigest() {
        Made made = Made.byWebhook(editor, "One");
        @SuppressWarnings("unchecked")
        Map<String, String> flow = (Map<String, String>) ingress.of(made).get("flow");

        Response document =
                Person.service("webhook-ingress-service").call().get("/internal/v1/flows/" + flow.get("digest"));

        assertThat(document.jsonPath().getString("document.name")).isEqualTo("webhook-to-http");
        Problems.check(
                Person.service("webhook-ingress-service").call().get("/internal/v1/flows/none"), 404, "not-found");
    }

    @Test
    void peopleAndStrangersAreRefused() {
        Person service = Person.service("webhook-ingress-service");

        Problems.check(io.restassured.RestAssured.get(PATH + "?after=0"), 401, "unauthenticated");
        Problems.check(Person.admin(editor.tenant()).call().get(PATH + "?after=0"), 401, "unauthenticated");
        Problems.check(
                Person.admin(editor.tenant())
                        .withAudience("sluice-internal")
                        .call()
                        .get(PATH + "?after=0"),
                403,
                "forbidden");
        Problems.check(service.withAudience("sluice-api").call().get(PATH + "?after=0"), 401, "unauthenticated");
        Problems.check(Person.service("integrations-service").call().get(PATH + "?after=0"), 403, "forbidden");
        Problems.check(Person.admin(editor.tenant()).call().get("/internal/v1/flows/none"), 401, "unauthenticated");
    }

    @Test
    void wrongWaitIsNamed() {
        Response answer = Person.service("scheduler-service").call().get(PATH + "?after=0&epoch=x&wait=soon");

        Problems.fields(answer, "?wait");
    }

    private boolean inForce(Made made) {
        return editor.call().get(made.path() + "/webhook").jsonPath().getBoolean("inForce.current");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> shopOf(Map<String, Object> state) {
        return ((Map<String, Map<String, Object>>) state.get("connections")).get("shop");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> tokensOf(Map<String, Object> state) {
        return (List<Map<String, Object>>) ((Map<String, Object>) state.get("webhook")).get("tokens");
    }
}
