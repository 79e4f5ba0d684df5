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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookTest {

    private static final String BASE = "https://hooks.example.org/webhook/";
    private static final String MASK = "********";

    private final Person editor = Person.editor(Person.freshTenant());
    private final Person viewer = Person.viewer(editor.tenant());

    @Test
    void beforeItIsEnabledThereIsNoUrl() {
        Made made = Made.byWebhook(editor, "One");

        Response answer = editor.call().get(made.path() + "/webhook");

        assertThat(answer.jsonPath().getBoolean("enabled")).isFalse();
        assertThat(answer.jsonPath().getString("url")).isNull();
        assertThat(answer.header("ETag")).isEqualTo(made.etag());
    }

    @Test
    void enablingMakesAUrlThatNobodyGuesses() {
        String first = url(enabled(Made.byWebhook(editor, "One")));
        String second = url(enabled(Made.byWebhook(editor, "Two")));

        assertThat(first).startsWith(BASE).isNotEqualTo(second);
        // 160 random bits are 27 characters of base64.
        assertThat(first.substring(BASE.length())).matches("[A-Za-z0-9_-]{27,}");
    }

    @Test
    void enabledWebhookIsSeenOnTheIntegration() {
        Made made = Made.byWebhook(editor, "One");

        Response answer = enabled(made);

        Made read = Made.of(editor.call().get(made.path()), 200);
        assertThat(read.etag()).isEqualTo(answer.header("ETag")).isNotEqualTo(made.etag());
        assertThat(read.json().getBoolean("webhookEnabled")).isTrue();
        assertThat(read.json().getString("status")).isEqualTo("active");
    }

    @Test
    void turningItOffAndOnKeepsTheUrl() {
        Made made = Made.byWebhook(editor, "One");
        Response on = enabled(made);

        Response off = put(made, on.header("ETag"), Map.of("enabled", false));
        Response again = put(made, off.header("ETag"), Map.of("enabled", true));

        assertThat(off.jsonPath().getBoolean("enabled")).isFalse();
        assertThat(url(off)).isEqualTo(url(on));
        assertThat(url(again)).isEqualTo(url(on));
    }

    @Test
    void rotatingChangesTheUrl() {
        Made made = Made.byWebhook(editor, "One");
        Response on = enabled(made);

        Response rotated = editor.call(on.header("ETag")).body(Map.of()).post(made.path() + "/webhook/rotate");

        assertThat(rotated.statusCode()).as(rotated.asString()).isEqualTo(200);
        assertThat(url(rotated)).startsWith(BASE).isNotEqualTo(url(on));
        assertThat(rotated.jsonPath().getString("previousUrlUntil")).isNull();
        assertThat(rotated.header("ETag")).isNotEqualTo(on.header("ETag"));
        assertThat(url(editor.call().get(made.path() + "/webhook"))).isEqualTo(url(rotated));
    }

    @Test
    void rotatingWithOverlapTellsUntilWhenTheOldUrlWorks() {
        Made made = Made.byWebhook(editor, "One");
        Response on = enabled(made);
        Instant before = Instant.now();

        Response rotated =
                editor.call(on.header("ETag")).body(Map.of("overlap", "PT1H")).post(made.path() + "/webhook/rotate");

        assertThat(Instant.parse(rotated.jsonPath().getString("previousUrlUntil")))
                .isBetween(before.plusSeconds(3_600 - 1), Instant.now().plusSeconds(3_601));
    }

    @Test
    void overlapOutsideItsBoundsIsRefused() {
        Made made = Made.byWebhook(editor, "One");
        Response on = enabled(made);

        for (String overlap : List.of("P31D", "-PT1S")) {
            Problems.fields(
                    editor.call(on.header("ETag"))
                            .body(Map.of("overlap", overlap))
                            .post(made.path() + "/webhook/rotate"),
                    "/overlap");
        }
        Problems.fields(
                editor.call(on.header("ETag")).body(Map.of("overlap", "soon")).post(made.path() + "/webhook/rotate"),
                "/overlap");
        assertThat(url(editor.call().get(made.path() + "/webhook"))).isEqualTo(url(on));
    }

    @Test
    void withoutAUrlThereIsNothingToRotate() {
        Made made = Made.byWebhook(editor, "One");

        Problems.check(editor.call(made.etag()).body(Map.of()).post(made.path() + "/webhook/rotate"), 404, "not-found");
    }

    @Test
    void viewerSeesNoUrl() {
        Made made = Made.byWebhook(editor, "One");
        String token = url(enabled(made)).substring(BASE.length());

        Response answer = viewer.call().get(made.path() + "/webhook");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getBoolean("enabled")).isTrue();
        assertThat(answer.asString()).doesNotContain("url").doesNotContain(token);
    }

    @Test
    void secretsComeBackMaskedAndTheMaskKeepsThem() {
        Made made = Made.byWebhook(editor, "One");
        Map<String, Object> verification = Map.of("scheme", "woocommerce", "secrets", List.of("first-secret"));

        Response set = put(made, made.etag(), Map.of("enabled", true, "verification", verification));
        Map<String, Object> read = new HashMap<>(set.jsonPath().getMap("verification"));
        Response again = put(
                made,
                set.header("ETag"),
                Map.of("enabled", true, "methods", List.of("POST", "HEAD", "options"), "verification", read));

        assertThat(set.asString()).doesNotContain("first-secret");
        assertThat(set.jsonPath().getList("verification.secrets")).containsExactly(MASK);
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
        assertThat(again.jsonPath().getList("verification.secrets")).containsExactly(MASK);
        assertThat(again.jsonPath().getList("methods")).containsExactly("POST", "HEAD", "OPTIONS");
        assertThat(Feed.ingress().openedWebhookSecrets(made)).containsExactly("{\"secret\":\"first-secret\"}");
    }

    @Test
    void secondSecretIsAddedBesideTheMaskedOne() {
        Made made = Made.byWebhook(editor, "One");
        Response set = put(
                made,
                made.etag(),
                Map.of("enabled", true, "verification", Map.of("scheme", "woocommerce", "secrets", List.of("old"))));

        Response both = put(
                made,
                set.header("ETag"),
                Map.of(
                        "enabled",
                        true,
                        "verification",
                        Map.of("scheme", "woocommerce", "secrets", List.of(MASK, "new"))));

        assertThat(both.jsonPath().getList("verification.secrets")).containsExactly(MASK, MASK);
        assertThat(Feed.ingress().openedWebhookSecrets(made))
                .containsExactly("{\"secret\":\"old\"}", "{\"secret\":\"new\"}");
    }

    @Test
    void secretsOfConnectionsAreReadByTheirIds() {
        Made made = Made.byWebhook(editor, "One");
        Made secret = Made.webhookSecret(editor, "Secret", "of-the-connection");

        Response set = put(
                made,
                made.etag(),
                Map.of(
                        "enabled",
                        true,
                        "verification",
                        Map.of("scheme", "woocommerce", "secrets", List.of(secret.id()))));

        assertThat(set.jsonPath().getList("verification.secrets")).containsExactly(secret.id());
        assertThat(Feed.ingress().openedWebhookSecrets(made)).containsExactly("{\"secret\":\"of-the-connection\"}");
    }

    @Test
    void wrongVerificationsNameTheirFields() {
        Made made = Made.byWebhook(editor, "One");

        refused(made, Map.of("scheme", "carrier-pigeon"), "/verification/scheme");
        refused(made, Map.of("scheme", "woocommerce"), "/verification/secrets");
        refused(made, Map.of("scheme", "woocommerce", "secrets", List.of("a", "b", "c")), "/verification/secrets");
        refused(made, Map.of("scheme", "none", "secrets", List.of("a")), "/verification/secrets");
        refused(made, Map.of("scheme", "woocommerce", "secrets", List.of(MASK)), "/verification/secrets/0");
        refused(made, Map.of("scheme", "woocommerce", "secrets", List.of(" ")), "/verification/secrets/0");
        refused(
                made,
                Map.of(
                        "scheme",
                        "woocommerce",
                        "secrets",
                        List.of(UUID.randomUUID().toString())),
                "/verification/secrets/0");
        refused(
                made,
                Map.of("scheme", "standard-webhooks", "secrets", List.of("whsec_not base64")),
                "/verification/secrets/0");
        refused(
                made,
                Map.of(
                        "scheme",
                        "hmac",
                        "secrets",
                        List.of("a"),
                        "algorithm",
                        "md5",
                        "encoding",
                        "morse",
                        "signedContent",
                        "{timestamp}",
                        "toleranceSeconds",
                        0),
                "/verification/header",
                "/verification/algorithm",
                "/verification/encoding",
                "/verification/signedContent",
                "/verification/timestampHeader",
                "/verification/toleranceSeconds");
        assertThat(url(editor.call().get(made.path() + "/webhook"))).isNull();
    }

    @Test
    void wrongMethodsAndSizesAreNamed() {
        Made made = Made.byWebhook(editor, "One");

        Problems.fields(put(made, "*", Map.of("enabled", true, "methods", List.of("POST", "BREW"))), "/methods/1");
        Problems.fields(put(made, "*", Map.of("enabled", true, "methods", List.of())), "/methods");
        Problems.fields(put(made, "*", Map.of("enabled", true, "maxBodyBytes", 0)), "/maxBodyBytes");
        Problems.fields(put(made, "*", Map.of("enabled", true, "maxBodyBytes", 10_485_761)), "/maxBodyBytes");
    }

    @Test
    void pollingTemplateSaysToUseASchedule() {
        Made made = Made.bySchedule(editor, "One");

        JsonPath problem =
                Problems.check(put(made, made.etag(), Map.of("enabled", true)), 409, "trigger-not-supported");

        assertThat(problem.getString("detail")).contains("schedule").contains(made.path() + "/schedules");
    }

    private void refused(Made made, Map<String, Object> verification, String... pointers) {
        Problems.fields(put(made, "*", Map.of("enabled", true, "verification", verification)), pointers);
    }

    private Response enabled(Made made) {
        Response answer = put(made, made.etag(), Map.of("enabled", true));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private Response put(Made made, String etag, Map<String, Object> settings) {
        return editor.call(etag).body(settings).put(made.path() + "/webhook");
    }

    private static String url(Response answer) {
        return answer.jsonPath().getString("url");
    }
}
