package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.Tables;
import io.sluice.run.expression.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which calls an endpoint takes and what it answers: stored, shown, put into the feed. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class WebhookIntakeTest {

    private static final String FULL = """
            {"contentTypes": ["application/json"], "allowedAddresses": ["203.0.113.0/24"],
             "rate": {"requests": 100, "per": "PT1M"},
             "deduplication": {"by": "pointer", "name": "/id", "window": "PT1H"},
             "filter": "body.type = 'order'", "answer": {"mode": "fixed", "status": 204}, "expectEvery": "PT1H"}""";

    private final Person editor = Person.editor(Person.freshTenant());
    private Made made;

    @BeforeEach
    void make() {
        made = Made.byWebhook(editor, "One");
    }

    @Test
    void defaultsAreShownAndNotPutIntoTheFeed() {
        JsonPath before = editor.call().get(made.path() + "/webhook").jsonPath();
        JsonPath after = saved("{'enabled':true}");

        for (JsonPath webhook : List.of(before, after)) {
            assertThat(webhook.getMap("intake"))
                    .isEqualTo(Map.of(
                            "deduplication", Map.of("by", "sender", "window", "PT168H"),
                            "answer", Map.of("mode", "at-once")));
        }
        assertThat(deployed()).doesNotContainKey("intake");
    }

    @Test
    void whatIsSetIsShownAndDeployed() {
        JsonPath saved = saved("{\"enabled\":true,\"intake\":" + FULL + "}");

        Map<String, Object> expected = JsonPath.from(FULL).getMap("");
        assertThat(saved.getMap("intake")).isEqualTo(expected);
        assertThat(deployed().get("intake")).isEqualTo(expected);
    }

    @Test
    void leftOutItStaysAndGivenItIsReplacedAsAWhole() {
        saved("{\"enabled\":true,\"intake\":" + FULL + "}");

        assertThat(saved("{'enabled':false,'intake':null}").getString("intake.filter"))
                .isEqualTo("body.type = 'order'");
        JsonPath replaced = saved("{'enabled':true,'intake':{'expectEvery':'PT2H'}}");
        assertThat(replaced.getString("intake.expectEvery")).isEqualTo("PT2H");
        assertThat(replaced.getMap("intake")).containsOnlyKeys("deduplication", "answer", "expectEvery");
        saved("{'enabled':true,'intake':{}}");
        assertThat(deployed()).doesNotContainKey("intake");
    }

    @Test
    void waitingShowsTheDeadlineOfTheSenderAndFollowsIt() {
        JsonPath slack = saved(
                "{'enabled':true,'verification':{'scheme':'slack','secrets':['a']},'intake':{'answer':{'mode':'wait'}}}");
        JsonPath shopify = saved("{'enabled':true,'verification':{'scheme':'shopify','secrets':['a']}}");

        assertThat(slack.getString("intake.answer.deadline")).isEqualTo("PT2.5S");
        assertThat(shopify.getString("intake.answer.deadline")).isEqualTo("PT4.5S");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        Problems.fields(
                put(
                        "{'enabled':true,'methods':['BREW'],'maxBodyBytes':0,'verification':{'scheme':'basic','issuer':'x'},"
                                + "'intake':{'contentTypes':['json'],'allowedAddresses':['here'],'rate':{'requests':1,'per':'P2D'},"
                                + "'deduplication':{'by':'header'},'filter':'(','answer':{'mode':'wait','status':200},"
                                + "'expectEvery':'PT1S'}}"),
                "/methods/0",
                "/maxBodyBytes",
                "/verification/secrets",
                "/verification/username",
                "/verification/issuer",
                "/intake/contentTypes/0",
                "/intake/allowedAddresses/0",
                "/intake/rate/per",
                "/intake/deduplication/name",
                "/intake/filter",
                "/intake/answer/status",
                "/intake/expectEvery");
    }

    @Test
    void whatIsNoIntakeAtAllIsNamedToo() {
        Problems.fields(put("{'enabled':true,'intake':{'rate':{'requests':0,'per':'PT1S'}}}"), "/intake/rate/requests");
        Problems.fields(put("{'enabled':true,'intake':{'deduplication':{}}}"), "/intake/deduplication/by");
        Problems.fields(put("{'enabled':true,'intake':{'deduplication':{'by':'luck'}}}"), "/intake/deduplication/by");
        Problems.fields(put("{'enabled':true,'intake':{'answer':{'mode':'never'}}}"), "/intake/answer/mode");
        Problems.fields(put("{'enabled':true,'intake':{'expectEvery':'often'}}"), "/intake/expectEvery");
        Problems.fields(put("{'enabled':true,'intake':{'colour':1}}"), "/intake/colour");
    }

    @Test
    void addressesAloneNeedAddresses() {
        Problems.fields(put("{'enabled':true,'verification':{'scheme':'ip-list'}}"), "/intake/allowedAddresses");
        saved("{'enabled':true,'verification':{'scheme':'ip-list'},'intake':{'allowedAddresses':['203.0.113.7']}}");

        Problems.fields(put("{'enabled':true,'intake':{}}"), "/intake/allowedAddresses");
        Problems.fields(put("{'enabled':false,'intake':{'allowedAddresses':[]}}"), "/intake/allowedAddresses");
        assertThat(saved("{'enabled':true}").getList("intake.allowedAddresses")).containsExactly("203.0.113.7");
    }

    @ParameterizedTest
    @EnumSource(VerificationScheme.class)
    void everySchemeCanBeStoredAndDeployed(VerificationScheme scheme) {
        String more = switch (scheme) {
            case HMAC, API_KEY -> ",'header':'X-Signature'";
            case BASIC -> ",'username':'shop'";
            case JWT -> ",'issuer':'i','audience':'a','jwksUrl':'https://i.example.org/keys'";
            default -> "";
        };
        String secrets = scheme.hasSecrets() ? ",'secrets':['whsec_MDEyMzQ1Njc4OWFiY2RlZg==']" : "";

        saved("{'enabled':true,'verification':{'scheme':'" + scheme.wireName() + "'" + secrets + more
                + "},'intake':{'allowedAddresses':['203.0.113.7']}}");

        assertThat(JsonPath.from(Json.text(deployed())).getString("verification.scheme"))
                .isEqualTo(scheme.wireName());
    }

    @Test
    void metasTokenIsMadeOnceAndStays() {
        String meta = "{'enabled':true,'verification':{'scheme':'meta','secrets':['app-secret']}}";

        String token = saved(meta).getString("verification.verifyToken");

        assertThat(token).matches("[A-Za-z0-9_-]{27,}");
        assertThat(saved(meta).getString("verification.verifyToken")).isEqualTo(token);
        assertThat(saved("{'enabled':true}").getString("verification.verifyToken"))
                .isEqualTo(token);
        assertThat(saved(meta.replace("['app-secret']", "['app-secret'],'verifyToken':'my-own-token'"))
                        .getString("verification.verifyToken"))
                .isEqualTo("my-own-token");
    }

    @Test
    void whatAnEarlierVersionTookGoesOn() {
        saved("{'enabled':true,'verification':{'scheme':'woocommerce','secrets':['a']}}");
        Tables.execute(
                "update webhook set verification = verification || '{\"header\": \"X-Old\"}' where integration_id = ?",
                UUID.fromString(made.id()));

        assertThat(saved("{'enabled':true,'methods':['PUT']}").getString("verification.header"))
                .isEqualTo("X-Old");
        Problems.fields(
                put("{'enabled':true,'verification':{'scheme':'woocommerce','secrets':['a'],'header':'X-Old'}}"),
                "/verification/header");
    }

    @Test
    void copyBeginsWithoutAWebhook() {
        saved("{\"enabled\":true,\"intake\":" + FULL + "}");

        Made copy = Made.of(editor.call().post(made.path() + "/clone"), 201);

        JsonPath webhook = editor.call().get(copy.path() + "/webhook").jsonPath();
        assertThat(webhook.getBoolean("enabled")).isFalse();
        assertThat(webhook.getMap("intake")).containsOnlyKeys("deduplication", "answer");
    }

    @Test
    void urlThatIsReplacedLastWorksOn() {
        saved("{'enabled':true,'intake':{'expectEvery':'PT2H'}}");
        String first = token(0);
        JsonPath once = rotated("{'overlap':'P30D'}");
        String second = token(0);

        JsonPath twice = rotated("{'overlap':'PT1H'}");

        assertThat(token(1)).isEqualTo(second).isNotEqualTo(first);
        assertThat(Instant.parse(twice.getString("previousUrlUntil")))
                .isBefore(Instant.parse(once.getString("previousUrlUntil")));
        assertThat(twice.getString("intake.expectEvery")).isEqualTo("PT2H");
        assertThat(rotated("{}").getString("previousUrlUntil")).isNull();
        assertThat(tokens()).hasSize(1);
    }

    @Test
    void previousUrlIsForgottenWhenItsTimeIsOver() {
        saved("{'enabled':true}");
        rotated("{'overlap':'PT1H'}");
        Tables.execute(
                "update webhook set previous_until = now() - interval '1 second' where integration_id = ?",
                UUID.fromString(made.id()));

        assertThat(editor.call().get(made.path() + "/webhook").jsonPath().getString("previousUrlUntil"))
                .isNull();
    }

    private JsonPath rotated(String body) {
        Response answer = editor.call("*").body(body.replace('\'', '"')).post(made.path() + "/webhook/rotate");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private String token(int index) {
        return (String) tokens().get(index).get("sha256");
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> tokens() {
        return (List<Map<String, Object>>) deployed().get("tokens");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> deployed() {
        return (Map<String, Object>) Feed.ingress().of(made).get("webhook");
    }

    private JsonPath saved(String body) {
        Response answer = put(body);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private Response put(String body) {
        String json = body.startsWith("{'") ? body.replace('\'', '"') : body;
        return editor.call("*").body(json).put(made.path() + "/webhook");
    }
}
