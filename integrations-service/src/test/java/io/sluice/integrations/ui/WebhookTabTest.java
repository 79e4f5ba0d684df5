package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.StubIngress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookTabTest {

    private static final String MASK = "********";
    private static final Map<String, Object> HMAC = Map.of(
            "scheme",
            "hmac",
            "secrets",
            List.of("first-secret", "second-secret"),
            "header",
            "X-Signature",
            "algorithm",
            "sha512",
            "encoding",
            "base64",
            "signedContent",
            "{timestamp}.{body}",
            "timestampHeader",
            "X-Time",
            "toleranceSeconds",
            60,
            "eventIdHeader",
            "X-Id",
            "prefix",
            "v1=");
    private static final Map<String, Object> INTAKE = Map.of(
            "contentTypes",
            List.of("application/json", "text/*"),
            "allowedAddresses",
            List.of("203.0.113.0/24", "2001:db8::/32"),
            "rate",
            Map.of("requests", 600, "per", "PT90S"),
            "deduplication",
            Map.of("by", "pointer", "name", "/data/id", "window", "P3D"),
            "filter",
            "body.type = \"a<b\"",
            "answer",
            Map.of("mode", "fixed", "status", 201, "headers", Map.of("X-A", "b"), "body", "\nok\n"),
            "expectEvery",
            "PT36H");

    private final Person person = Person.editor(Person.freshTenant());
    private final Visitor editor = new Visitor(person);
    private final Visitor viewer = new Visitor(Person.viewer(person.tenant()));
    private final Visitor stranger = new Visitor(Person.editor(Person.freshTenant()));
    private Made made;
    private String tab;

    @BeforeEach
    void make() {
        made = Made.byWebhook(person, "One");
        tab = "/integrations/" + made.id() + "/webhook";
    }

    @Test
    void offersEverySenderWithItsGuide() {
        String page = editor.page(tab);

        for (VerificationScheme scheme : VerificationScheme.values()) {
            assertThat(page)
                    .contains("<option value=\"" + scheme.wireName() + "\"", ">" + scheme.title() + "</option>")
                    .contains("<section class=\"card how-to guide\" data-when=\"" + scheme.wireName() + "\"");
        }
        assertThat(page)
                .contains("data-when-any=\"basic\" hidden><label for=\"username\">")
                .contains("data-when-any=\"hmac api-key jwt\" hidden><label for=\"header\">")
                .contains("<section class=\"card how-to guide\" data-when=\"none\"><h2>")
                .contains(
                        "<section class=\"card how-to guide\" data-when=\"github\" hidden><h2>Set it up in GitHub</h2>");
    }

    @Test
    void nothingOnThePageNeedsAnExceptionFromThePolicy() {
        Response answer = editor.get(tab);

        assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(answer.asString()).doesNotContain(" style=").doesNotContainPattern("<[^>]* on[a-z]+=");
    }

    @Test
    void savedAsItIsShownAllSettingsStay() {
        everything();
        JsonPath before = webhook();

        Response saved = editor.post(tab, ShownForm.of(editor.page(tab), "edit"));

        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(303);
        JsonPath after = webhook();
        assertThat(after.getMap("intake")).isEqualTo(before.getMap("intake"));
        assertThat(after.getMap("verification")).isEqualTo(before.getMap("verification"));
        assertThat(after.getInt("maxBodyBytes")).isEqualTo(65_536);
        assertThat(after.getList("methods")).containsExactly("PUT", "POST");
        assertThat(after.getString("url")).isEqualTo(before.getString("url"));
    }

    @Test
    void everySettingCanBeChanged() {
        everything();
        Map<String, Object> form = new HashMap<>(ShownForm.of(editor.page(tab), "edit"));
        form.put("methods", List.of("POST", "PATCH"));
        form.put("maxBody", "2 MiB");
        form.put("contentTypes", "application/xml\r\n");
        form.put("addresses", "198.51.100.7");
        form.put("rateRequests", "5");
        form.put("ratePer", "10 s");
        form.put("repeatsBy", "header");
        form.put("repeatsName", "X-Other");
        form.put("repeatsWindow", "1 day");
        form.put("filter", "true");
        form.put("answerMode", "wait");
        form.put("answerDeadline", "1500 ms");
        form.put("answerResponse", "{\"status\": 200}");
        form.put("expectEvery", "");
        form.put("prefix", "");

        Response saved = editor.post(tab, form);

        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(303);
        JsonPath after = webhook();
        assertThat(after.getMap("intake"))
                .isEqualTo(Map.of(
                        "contentTypes",
                        List.of("application/xml"),
                        "allowedAddresses",
                        List.of("198.51.100.7"),
                        "rate",
                        Map.of("requests", 5, "per", "PT10S"),
                        "deduplication",
                        Map.of("by", "header", "name", "X-Other", "window", "PT24H"),
                        "filter",
                        "true",
                        "answer",
                        Map.of("mode", "wait", "deadline", "PT1.5S", "response", "{\"status\": 200}")));
        assertThat(after.getList("methods")).containsExactly("POST", "PATCH");
        assertThat(after.getInt("maxBodyBytes")).isEqualTo(2 * 1024 * 1024);
        assertThat(after.getString("verification.prefix")).isNull();
    }

    @Test
    void complaintsStandAtTheirFieldsAndNothingTypedIsLost() {
        Map<String, Object> form = new HashMap<>(ShownForm.of(editor.page(tab), "edit"));
        form.put("enabled", "true");
        form.put("scheme", "hmac");
        form.put("header", "X Signature");
        form.put("secret", "not-to-be-shown");
        form.put("addresses", "203.0.113.7\nnowhere");
        form.put("filter", "body.(");
        form.put("expectEvery", "1 second");

        Response refused = editor.post(tab, form);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString())
                .contains("id=\"header-error\"", "id=\"addresses-error\">Entry 2: ", "id=\"filter-error\"")
                .contains("id=\"expectEvery-error\"")
                .contains("aria-describedby=\"filter-help filter-error\"")
                .contains("value=\"X Signature\"", "\n203.0.113.7\nnowhere</textarea>", "\nbody.(</textarea>")
                .contains("<details class=\"more\" id=\"more\" data-open-when=\"ip-list\" open>")
                .contains("<option value=\"hmac\" selected>")
                .doesNotContain("not-to-be-shown");
        assertThat(webhook().getBoolean("enabled")).isFalse();
    }

    @Test
    void textsThatAreNoNumbersAreNamedBeforeAnythingIsSaved() {
        Map<String, Object> form = new HashMap<>(ShownForm.of(editor.page(tab), "edit"));
        form.put("maxBody", "huge");
        form.put("rateRequests", "0");

        Response refused = editor.post(tab, form);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("id=\"maxBody-error\"", "id=\"rateRequests-error\"", "value=\"huge\"");
    }

    @Test
    void secretsAreNeverShownAndASecondOneCanBeRetired() {
        everything();
        String page = editor.page(tab);

        assertThat(page)
                .doesNotContain("first-secret", "second-secret")
                .contains("Retire the first", "stored; leave empty to keep it");
        Map<String, String> form = new HashMap<>(editor.revision(made));
        form.put("index", "0");
        assertThat(editor.post(tab + "/secrets/retire", form).statusCode()).isEqualTo(303);
        assertThat(webhook().getList("verification.secrets")).containsExactly(MASK);
        assertThat(editor.page(tab)).doesNotContain("Retire the first");
        form.putAll(editor.revision(made));
        assertThat(editor.post(tab + "/secrets/retire", form).statusCode()).isEqualTo(400);
        assertThat(webhook().getList("verification.secrets")).containsExactly(MASK);
    }

    @Test
    void secretCanComeFromAConnection() {
        Made secret = Made.webhookSecret(person, "Shop webhook secret", "of-the-connection");
        Map<String, Object> form = new HashMap<>(ShownForm.of(editor.page(tab), "edit"));
        form.put("scheme", "woocommerce");
        form.put("secretConnection", secret.id());

        assertThat(editor.post(tab, form).statusCode()).isEqualTo(303);

        assertThat(webhook().getList("verification.secrets")).containsExactly(secret.id());
        assertThat(editor.page(tab))
                .contains("<option value=\"" + secret.id() + "\" selected>Shop webhook secret</option>");
    }

    @Test
    void sentenceSaysWhatIsChecked() {
        put(Map.of(
                "enabled",
                true,
                "verification",
                Map.of("scheme", "github", "secrets", List.of("s3cret")),
                "intake",
                Map.of("deduplication", Map.of("by", "sender", "window", "P2D"))));

        assertThat(editor.page(tab))
                .contains(
                        "We take <code>X-GitHub-Delivery</code> as the event id, so a repeated delivery starts nothing"
                                + " twice for 2 days.")
                .contains("data-when=\"github\"><h2>Set it up in GitHub</h2>");
    }

    @Test
    void rotatingTakesTheChosenOverlap() {
        put(Map.of("enabled", true));
        String before = webhook().getString("url");
        Map<String, String> form = new HashMap<>(editor.revision(made));
        form.put("overlap", "day");

        Response rotated = editor.post(tab + "/rotate", form);

        assertThat(rotated.statusCode()).as(rotated.asString()).isEqualTo(303);
        assertThat(webhook().getString("url")).isNotEqualTo(before);
        assertThat(Instant.parse(webhook().getString("previousUrlUntil")))
                .isBetween(Instant.now().plusSeconds(86_300), Instant.now().plusSeconds(86_401));
        form.putAll(editor.revision(made));
        form.put("overlap", "none");
        editor.post(tab + "/rotate", form);
        assertThat(webhook().getString("previousUrlUntil")).isNull();
    }

    @Test
    void overlapThatIsNotOfferedAndAnOldVersionRotateNothing() {
        put(Map.of("enabled", true));
        String before = webhook().getString("url");
        Map<String, String> form = new HashMap<>(editor.revision(made));

        assertThat(editor.post(tab + "/rotate", form).statusCode()).isEqualTo(400);
        form.put("overlap", "hour");
        form.put("revision", "0");
        assertThat(editor.post(tab + "/rotate", form).statusCode()).isEqualTo(412);
        assertThat(webhook().getString("url")).isEqualTo(before);
    }

    @Test
    void tellsWhatComesInAtBothUrlsAndThatCallsAreMissed() {
        put(Map.of("enabled", true));
        StubIngress.answers(made.id() + "/activity", 200, """
                {"urls": [{"current": true, "calls": 1284, "lastCallAt": "2026-11-24T05:55:00Z"},
                          {"current": false, "calls": 1, "until": "2026-11-25T05:55:00Z"}],
                 "overdue": true, "overdueSince": "2026-11-24T06:55:00Z", "expectEvery": "PT1H",
                 "counts": {"accepted": 1283, "duplicate": 1, "filtered": 0, "refused": 2, "handshake": 0,
                 "captured": 0}}""");

        assertThat(editor.page(tab))
                .contains("This URL: <strong>1,284 calls</strong>, the last <time datetime=\"2026-11-24T05:55:00Z\">")
                .contains("The previous URL: <strong>1 call</strong>; it works until")
                .contains("1,283 accepted, 1 repeated, 2 refused")
                .contains("though one is expected every 1 hour")
                .contains("setting=expectEvery#expectEvery");
    }

    @Test
    void lastCallsHaveTheirOutcomeInWordsAndALinkToTheSettingBehindIt() {
        String accepted = UUID.randomUUID().toString();
        String refused = UUID.randomUUID().toString();
        StubIngress.answers(made.id() + "/calls", 200, """
                {"items": [
                  {"id": "%s", "receivedAt": "2026-11-24T05:55:00Z", "outcome": "accepted", "status": 202,
                   "method": "POST", "bodyBytes": 1229, "runIds": ["%s"], "eventId": "wc_<1>", "previousUrl": true},
                  {"id": "%s", "receivedAt": "2026-11-24T05:54:00Z", "outcome": "refused", "status": 401,
                   "reason": "signature differs", "method": "POST", "bodyBytes": 2, "runIds": [], "previousUrl": false}],
                 "nextCursor": "%s"}""".formatted(accepted, UUID.randomUUID(), refused, refused));

        String page = viewer.page(tab + "?outcome=refused");

        assertThat(page)
                .contains("href=\"" + tab + "/calls/" + accepted + "\"", "Started a run", "wc_&lt;1&gt;", "1.2 KiB")
                .contains("previous URL", "Refused 401 · signature differs", "?setting=verification#verification")
                .contains("<a href=\"" + tab + "?outcome=refused#calls\" aria-current=\"true\">Refused</a>")
                .containsPattern("outcome=refused&amp;cursor=[A-Za-z0-9_-]+#calls\">Older calls");
        String older = page.replaceAll("(?s).*cursor=([A-Za-z0-9_-]+)#calls.*", "$1");
        viewer.page(tab + "?outcome=refused&cursor=" + older);
        assertThat(StubIngress.asked(made.id() + "/calls").getLast().query())
                .contains("before=" + refused, "outcome=refused");
    }

    @Test
    void linkToASettingUnfoldsTheRareOnes() {
        assertThat(editor.page(tab)).doesNotContain("data-open-when=\"ip-list\" open");
        assertThat(editor.page(tab + "?setting=maxBody")).contains("data-open-when=\"ip-list\" open");
    }

    @Test
    void settingsCanBeReadAndSavedWhileIngressIsAway() {
        StubIngress.breaksAt(made.id() + "/activity");
        StubIngress.breaksAt(made.id() + "/calls");

        String page = editor.page(tab);

        assertThat(page).contains("The calls cannot be shown now").doesNotContain("No call yet");
        Map<String, Object> form = new HashMap<>(ShownForm.of(page, "edit"));
        form.put("enabled", "true");
        assertThat(editor.post(tab, form).statusCode()).isEqualTo(303);
    }

    @Test
    void viewerSeesTheSettingsAndCannotChangeThem() {
        everything();
        String url = webhook().getString("url");

        String page = viewer.page(tab);

        assertThat(page)
                .contains("<fieldset class=\"plain\" disabled>", "value=\"X-Signature\"", "Last calls")
                .doesNotContain("<form", "<button", url);
        for (String path : List.of("", "/rotate", "/secrets/retire", "/test", "/listen")) {
            assertThat(viewer.post(tab + path, viewer.revision(made)).statusCode())
                    .isEqualTo(403);
        }
        assertThat(webhook().getString("url")).isEqualTo(url);
    }

    @Test
    void anotherTenantSeesNothing() {
        Response answer = stranger.get(tab);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.asString()).doesNotContain(made.id());
        assertThat(stranger.post(tab, Map.of("revision", "1", "scheme", "none")).statusCode())
                .isEqualTo(404);
        assertThat(stranger.post(tab + "/rotate", Map.of("revision", "1", "overlap", "none"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(StubIngress.knowsOf(made.id())).isFalse();
    }

    @Test
    void wrongFilterAndCursorAreRefused() {
        assertThat(editor.get(tab + "?outcome=lost").statusCode()).isEqualTo(400);
        assertThat(editor.get(tab + "?cursor=lost").statusCode()).isEqualTo(400);
    }

    @Test
    void templateThatIsStartedByAScheduleSaysSo() {
        Made polling = Made.bySchedule(person, "Two");
        String path = "/integrations/" + polling.id() + "/webhook";
        Map<String, Object> form = new HashMap<>(ShownForm.of(editor.page(path), "edit"));
        form.put("enabled", "true");

        assertThat(editor.post(path, form).statusCode()).isEqualTo(409);
    }

    private void everything() {
        put(Map.of(
                "enabled",
                true,
                "methods",
                List.of("PUT", "POST"),
                "maxBodyBytes",
                65_536,
                "verification",
                HMAC,
                "intake",
                INTAKE));
    }

    private void put(Map<String, Object> settings) {
        Response answer = person.call("*").body(settings).put(made.path() + "/webhook");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }

    private JsonPath webhook() {
        return person.call().get(made.path() + "/webhook").jsonPath();
    }
}
