package io.sluice.ingress.handshake;

import static io.sluice.ingress.testsupport.Calls.call;
import static io.sluice.ingress.testsupport.Calls.get;
import static io.sluice.ingress.testsupport.Calls.headers;
import static io.sluice.ingress.testsupport.Calls.post;
import static io.sluice.ingress.testsupport.Calls.verification;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.ingress.signature.IssuerKeys;
import io.sluice.ingress.signature.KeyedAnswer;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.ingress.testsupport.Calls;
import io.sluice.run.expression.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakesTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final List<String> SECRETS = List.of("first secret", "second secret");
    private static final String NOW = "1760000000";
    private static final String ZOOM =
            "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}";

    private final Handshakes handshakes = new Handshakes(new Verifiers(
            InstantSource.fixed(Instant.ofEpochSecond(1_760_000_000)),
            (url, id) -> new IssuerKeys.Found.Unavailable("no network")));

    @Test
    void wooCommercePingWantsExactly200() {
        SignedCall ping = post("webhook_id=17", "Content-Type", FORM);

        assertThat(answered("woocommerce", ping).status()).isEqualTo(200);
        none("woocommerce", post("webhook_id=17&more=1", "Content-Type", FORM));
        none("woocommerce", post("webhook_id=17", "Content-Type", JSON));
        none("woocommerce", post("webhook_id=17", "Content-Type", FORM, "X-WC-Webhook-Signature", "x"));
    }

    @Test
    void slackGetsItsChallengeBackAsText() {
        SignedCall call = post("{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}", "Content-Type", JSON);

        Handshake.Answered answer = answered("slack", call);

        assertThat(answer.body()).isEqualTo("3eZbrw1a");
        assertThat(answer.headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("X-Content-Type-Options", "nosniff");
        none("slack", post("{\"type\":\"event_callback\",\"challenge\":\"url_verification\"}", "Content-Type", JSON));
        none("slack", post("{\"type\":\"url_verification\",\"challenge\":1}", "Content-Type", JSON));
        none("slack", post("{\"type\":\"url_verification\"", "Content-Type", JSON));
        refused("slack", post("{\"type\":\"url_verification\",\"challenge\":\"ü\"}", "Content-Type", JSON));
        refused(
                "slack",
                post(
                        "{\"type\":\"url_verification\",\"challenge\":\"" + "a".repeat(513) + "\"}",
                        "Content-Type",
                        JSON));
        none(
                "slack",
                post(
                        "{\"type\":\"url_verification\",\"challenge\":\"" + "a".repeat(5_000) + "\"}",
                        "Content-Type",
                        JSON));
    }

    @Test
    void slackLooksAtTheCertificateByAForm() {
        Handshake.Answered answer =
                answered("slack", post("ssl_check=1&token=Jhj5dZrVaK7ZwHHjRyZWjbDl", "Content-Type", FORM));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        none("slack", post("ssl_check=0", "Content-Type", FORM));
        none("slack", post("ssl_check=1", "Content-Type", JSON));
    }

    @Test
    void graphGetsItsTokenBackAsText() {
        SignedCall call = call("POST", Calls.URL + "?validationToken=Validation%3A+Testing+%3Cb%3E", "");

        Handshake.Answered answer = answered("microsoft-graph", call);

        assertThat(answer.body()).isEqualTo("Validation: Testing <b>");
        assertThat(answer.headers())
                .containsEntry("Content-Type", "text/plain; charset=utf-8")
                .containsEntry("X-Content-Type-Options", "nosniff");
        none("microsoft-graph", get("validationToken=a"));
        none("microsoft-graph", call("POST", Calls.URL + "?validationToken=a&validationToken=b", ""));
        refused("microsoft-graph", call("POST", Calls.URL + "?validationToken=a%0d%0ab", ""));
        refused("microsoft-graph", call("POST", Calls.URL + "?validationToken=" + "a".repeat(513), ""));
    }

    @Test
    void metaGetsItsChallengeForTheRightToken() {
        Verification meta = verification("meta", "verifyToken", "our token");
        String query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        assertThat(handshakes.answer(get(query + "our+token"), meta, SECRETS))
                .isInstanceOfSatisfying(
                        Handshake.Answered.class,
                        answer -> assertThat(answer.body()).isEqualTo("1158201444"));
        assertThat(handshakes.answer(get(query + "other"), meta, SECRETS)).isInstanceOf(Handshake.Refused.class);
        assertThat(handshakes.answer(get("hub.mode=subscribe&hub.challenge=1"), meta, SECRETS))
                .isInstanceOf(Handshake.Refused.class);
        refused("meta", get(query));
        none("meta", get("hub.mode=unsubscribe&hub.challenge=1"));
        none("meta", get("hub.mode=subscribe"));
    }

    @Test
    void zoomIsAnsweredOnlyWhenItSigned() {
        SignedCall signed = zoom(ZOOM, "second secret");

        Handshake.Answered answer = answered("zoom", signed);

        assertThat(Json.parse(answer.body()).path("plainToken").asText()).isEqualTo("qgg8vlvZRS6UYooatFL8Aw");
        assertThat(Json.parse(answer.body()).path("encryptedToken").asText())
                .isEqualTo(KeyedAnswer.hex("second secret", "qgg8vlvZRS6UYooatFL8Aw"));
        refused("zoom", post(ZOOM, "Content-Type", JSON));
        refused("zoom", zoom(ZOOM, "other"));
        assertThat(handshakes.answer(signed, verification("zoom"), List.of())).isInstanceOf(Handshake.Refused.class);
    }

    /** An answer to this would be a signature of an event. */
    @Test
    void zoomsTokenIsNeverWhatZoomWouldSign() {
        refused("zoom", zoom(ZOOM.replace("qgg8vlvZRS6UYooatFL8Aw", "v0:1760000000:{}"), "first secret"));
    }

    @Test
    void dropboxGetsItsChallengeBackWithoutSniffing() {
        Handshake.Answered answer = answered("dropbox", get("challenge=abc123"));

        assertThat(answer.body()).isEqualTo("abc123");
        assertThat(answer.headers()).containsEntry("X-Content-Type-Options", "nosniff");
        refused("dropbox", get("challenge=%00"));
        none("dropbox", call("POST", Calls.URL + "?challenge=abc123", ""));
    }

    @Test
    void xIsAnsweredForTokensAndNotForTexts() {
        Handshake.Answered answer = answered("x", get("crc_token=OWJhZGUyODctYjQ5&nonce=a"));

        assertThat(Json.parse(answer.body()).path("response_token").asText())
                .isEqualTo("sha256=" + KeyedAnswer.base64("first secret", "OWJhZGUyODctYjQ5"));
        refused("x", get("crc_token=%7B%22a%22%3A1%7D"));
        refused("x", get("crc_token=short"));
        refused("x", get("crc_token=" + "a".repeat(129)));
        assertThat(handshakes.answer(get("crc_token=OWJhZGUyODctYjQ5"), verification("x"), List.of(" ")))
                .isInstanceOf(Handshake.Refused.class);
    }

    @Test
    void xWithAWrongSignatureIsRefused() {
        String query = "crc_token=OWJhZGUyODctYjQ5";
        String header = "x-twitter-webhooks-signature";

        Handshake.Answered answer =
                answered("x", get(query, header, "sha256=" + KeyedAnswer.base64("second secret", query)));

        assertThat(answer.body()).contains(KeyedAnswer.base64("second secret", "OWJhZGUyODctYjQ5"));
        refused("x", get(query, header, "sha256=" + KeyedAnswer.base64("other", query)));
        refused("x", get(query, header, "sha256=" + KeyedAnswer.base64("first secret", "crc_token=another")));
    }

    @Test
    void cloudEventsSendersMayAskEndpointsWithoutAVendor() {
        SignedCall call = call("OPTIONS", Calls.URL, "", "WebHook-Request-Origin", "eventemitter.example.com");

        assertThat(answered("hmac", call).headers())
                .containsEntry("WebHook-Allowed-Origin", "eventemitter.example.com")
                .containsEntry("WebHook-Allowed-Rate", "*");
        assertThat(handshakes.candidates(call))
                .containsExactlyInAnyOrder(
                        "none", "ip-list", "hmac", "standard-webhooks", "basic", "bearer", "api-key", "jwt");
        none("github", call);
        none("none", call("OPTIONS", Calls.URL, ""));
        refused("none", call("OPTIONS", Calls.URL, "", "WebHook-Request-Origin", "a\r\nSet-Cookie: b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"woocommerce", "slack", "zoom", "microsoft-graph", "meta", "dropbox", "x", "none"})
    void questionIsNoKeyToOtherSchemes(String scheme) {
        for (SignedCall question : questions()) {
            boolean own = handshakes.candidates(question).contains(scheme);

            assertThat(handshakes.answer(question, verification(scheme), SECRETS) instanceof Handshake.None)
                    .isEqualTo(!own);
        }
    }

    @Test
    void eachQuestionMayBeOne() {
        for (SignedCall question : questions()) {
            assertThat(handshakes.candidates(question)).isNotEmpty();
            assertThat(handshakes.mayBe(question.method(), question.query(), question.headers()))
                    .isTrue();
        }
    }

    @Test
    void bodiesThatCannotHoldAQuestionAreNotWorthReading() {
        assertThat(handshakes.mayBe("POST", "", headers("Content-Type", "text/xml")))
                .isFalse();
        assertThat(handshakes.mayBe("POST", "", headers("Content-Type", JSON, "Content-Length", "4097")))
                .isFalse();
        assertThat(handshakes.mayBe("POST", "", headers("Content-Type", JSON, "Content-Length", "odd")))
                .isFalse();
        assertThat(handshakes.mayBe("POST", "", headers("Content-Type", JSON))).isTrue();
        assertThat(handshakes.mayBe("GET", "a=b", headers())).isFalse();
        assertThat(handshakes.mayBe("GET", "challenge=%zz", headers())).isFalse();
        assertThat(handshakes.mayBe("OPTIONS", "", headers())).isFalse();
        assertThat(handshakes.mayBe("PUT", "challenge=a", headers("Content-Type", JSON)))
                .isFalse();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oddCallsBreakNothing(long seed) {
        Random random = new Random(seed);
        for (SignedCall question : questions()) {
            byte[] body = question.body().clone();
            if (body.length > 0) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            String url = question.url();
            int at = random.nextInt(url.length());
            String odd = url.substring(0, at) + (char) random.nextInt(1, 256) + url.substring(at + 1);
            SignedCall call = new SignedCall(question.method(), odd, question.headers(), body);
            for (String scheme : VerificationScheme.wireNames()) {
                handshakes.candidates(call);
                handshakes.answer(call, verification(scheme), SECRETS);
                handshakes.mayBe(call.method(), call.query(), call.headers());
            }
        }
    }

    private static List<SignedCall> questions() {
        return List.of(
                post("webhook_id=17", "Content-Type", FORM),
                post("{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1a\"}", "Content-Type", JSON),
                post("ssl_check=1&token=x", "Content-Type", FORM),
                zoom(ZOOM, "first secret"),
                call("POST", Calls.URL + "?validationToken=abc", ""),
                get("hub.mode=subscribe&hub.challenge=1&hub.verify_token=t"),
                get("challenge=abc123"),
                get("crc_token=OWJhZGUyODctYjQ5"),
                call("OPTIONS", Calls.URL, "", "WebHook-Request-Origin", "example.com"));
    }

    private static SignedCall zoom(String body, String secret) {
        return post(
                body,
                "Content-Type",
                JSON + "; charset=utf-8",
                "x-zm-request-timestamp",
                NOW,
                "x-zm-signature",
                "v0=" + KeyedAnswer.hex(secret, "v0:" + NOW + ":" + body));
    }

    private Handshake.Answered answered(String scheme, SignedCall call) {
        assertThat(handshakes.candidates(call)).contains(scheme);
        Handshake answer = handshakes.answer(call, verification(scheme), SECRETS);
        assertThat(answer).isInstanceOf(Handshake.Answered.class);
        return (Handshake.Answered) answer;
    }

    private void refused(String scheme, SignedCall call) {
        assertThat(handshakes.answer(call, verification(scheme), SECRETS)).isInstanceOf(Handshake.Refused.class);
    }

    private void none(String scheme, SignedCall call) {
        assertThat(handshakes.candidates(call)).doesNotContain(scheme);
        assertThat(handshakes.answer(call, verification(scheme), SECRETS)).isInstanceOf(Handshake.None.class);
    }
}
