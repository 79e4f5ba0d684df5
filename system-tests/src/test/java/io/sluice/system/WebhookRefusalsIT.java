package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.sluice.local.StackPort;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.LargePost;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SystemTest
class WebhookRefusalsIT {

    private static final Map<String, Object> BODY = Map.of("some", "event");
    private static final int TWO_MEGABYTES = 2 * 1024 * 1024;

    private final Sluice sluice;
    private final Integration hook;
    private final String secret = WebhookCall.newSecret();

    WebhookRefusalsIT(Sluice sluice) {
        this.sluice = sluice;
        this.hook = sluice.library()
                .install(
                        "library/webhook-to-http",
                        Map.of("url", sluice.demo().echo().url()));
    }

    @Test
    void aWrongOrMissingSignatureIsRefused() {
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        WebhookCall call = WebhookCall.post(url, BODY);

        Response unsigned = call.send();
        Response foreign =
                call.signed(WebhookCall.newSecret(), Json.unique("msg")).send();
        Response changed = call.signed(secret, Json.unique("msg"))
                .with("webhook-id", Json.unique("msg"))
                .send();
        Response old = call.signedAt(Instant.now().minus(Duration.ofMinutes(10)), secret, Json.unique("msg"))
                .send();
        Response early = call.signedAt(Instant.now().plus(Duration.ofMinutes(10)), secret, Json.unique("msg"))
                .send();

        for (Response refused : List.of(unsigned, foreign, changed, old, early)) {
            assertProblem(refused).is(401, "bad-signature");
        }
        assertThat(hook.runs()).isEmpty();
    }

    @Test
    void unknownDisabledAndRotatedAwayLookAlike() {
        String rotatedAway = hook.enableWebhook(WebhookCall.noVerification());
        String disabled = hook.rotateWebhook();
        hook.disableWebhook();
        String unknown = sluice.url(StackPort.INGRESS) + "/webhook/"
                + rotatedAway.substring(rotatedAway.lastIndexOf('/') + 1).replaceAll("[A-Za-z]", "x");
        Patience.untilInForce().until(() -> post(disabled).statusCode() == 404);

        assertProblem(post(unknown)).is(404, "not-found");
        assertThat(withoutRequestId(post(disabled))).isEqualTo(withoutRequestId(post(unknown)));
        assertThat(withoutRequestId(post(rotatedAway))).isEqualTo(withoutRequestId(post(unknown)));
        assertThat(headerNames(post(disabled))).isEqualTo(headerNames(post(unknown)));
        assertThat(headerNames(post(rotatedAway))).isEqualTo(headerNames(post(unknown)));
    }

    @Test
    void theUrlOfADisabledWebhookComesBackWithIt() {
        String url = hook.enableWebhook(WebhookCall.noVerification());
        hook.disableWebhook();
        Patience.untilInForce().until(() -> post(url).statusCode() == 404);

        assertThat(hook.enableWebhook(WebhookCall.noVerification())).isEqualTo(url);
        WebhookCall.post(url, BODY).accepted();
    }

    @Test
    void aMethodThatIsNotAllowedIsRefused() {
        String url = hook.enableWebhook(WebhookCall.noVerification());

        Response refused = new WebhookCall("PUT", url, Json.write(BODY), Map.of()).send();

        assertProblem(refused).is(405, "method-not-allowed");
        assertThat(refused.header("Allow")).contains("POST");
        assertThat(hook.runs()).isEmpty();
    }

    @Test
    void anotherMethodCanBeAllowed() {
        String url = hook.enableWebhook(WebhookCall.noVerification());
        hook.saveWebhook(Map.of("enabled", true, "methods", List.of("POST", "PUT")));
        WebhookCall call = new WebhookCall("PUT", url, Json.write(BODY), Map.of("Content-Type", "application/json"));

        Patience.untilInForce().until(() -> call.send().statusCode() == 202);
    }

    @Test
    void aBodyOfTwoMegabytesIsRefused() throws IOException, InterruptedException {
        String url = hook.enableWebhook(WebhookCall.noVerification());

        List<String> answer = LargePost.send(url, TWO_MEGABYTES);

        assertThat(answer.getFirst()).contains(" 413 ");
        assertThat(String.join("\n", answer))
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("urn:sluice:problem:too-large");
        assertThat(hook.runs()).isEmpty();
    }

    @Test
    void theTokenIsLongAndStaysOutOfRefusals() {
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        String token = url.substring(url.lastIndexOf('/') + 1);

        assertThat(url).startsWith(sluice.url(StackPort.INGRESS) + "/webhook/");
        assertThat(token).matches("[A-Za-z0-9_-]{27,}");
        assertThat(WebhookCall.post(url, BODY).send().asString()).doesNotContain(token);
    }

    private static Response post(String url) {
        return WebhookCall.post(url, BODY).send();
    }

    private static String withoutRequestId(Response answer) {
        String id = Json.read(answer.asString()).path("requestId").asText();
        assertThat(id).isNotBlank();
        return answer.asString().replace(id, "");
    }

    private static List<String> headerNames(Response answer) {
        return answer.headers().asList().stream()
                .map(header -> header.getName())
                .sorted()
                .toList();
    }
}
