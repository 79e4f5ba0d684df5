package io.sluice.ingress.signature;

import static io.sluice.ingress.testsupport.Calls.call;
import static io.sluice.ingress.testsupport.Calls.post;
import static io.sluice.ingress.testsupport.Calls.verification;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.ingress.testsupport.Calls;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiersTest {

    private static final String BODY = "{\"id\": \"evt_1\", \"event_id\": \"Ev1\"}";
    private static final List<String> SECRETS = List.of("first secret", "second secret");
    private static final String NOW = "1760000000";

    private final Verifiers verifiers = new Verifiers(
            InstantSource.fixed(Vectors.NOW), (url, id) -> new IssuerKeys.Found.Unavailable("no network"));

    @Test
    void knowsEachSchemeOfTheContract() {
        assertThat(VerificationScheme.wireNames()).allMatch(verifiers::knows);
        assertThat(verifiers.knows("tomorrow")).isFalse();
        assertThat(verifiers.verify(post(BODY), verification("tomorrow"), SECRETS))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(VerificationScheme.wireNames().stream().filter(name -> verifiers.mayBlock(verification(name))))
                .containsExactly("jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "ip-list"})
    void openSchemesTakeEveryCall(String scheme) {
        assertThat(verifiers.verify(post(BODY), verification(scheme), List.of()))
                .isInstanceOf(Verdict.Verified.class);
    }

    @Test
    void gitlabTakesEitherSecretOnce() {
        Verification gitlab = verification("gitlab");

        taken(gitlab, post(BODY, "X-Gitlab-Token", "first secret"));
        taken(gitlab, post(BODY, "X-Gitlab-Token", "second secret"));
        refused(gitlab, post(BODY, "X-Gitlab-Token", "first secre"));
        refused(gitlab, post(BODY, "X-Gitlab-Token", ""));
        refused(gitlab, post(BODY, "X-Gitlab-Token", "first secret", "X-Gitlab-Token", "first secret"));
        refused(gitlab, post(BODY));
    }

    @Test
    void bearerTakesItsSchemeInAnyCase() {
        Verification bearer = verification("bearer");

        taken(bearer, post(BODY, "Authorization", "Bearer first secret"));
        taken(bearer, post(BODY, "Authorization", "bearer second secret"));
        refused(bearer, post(BODY, "Authorization", "first secret"));
        refused(bearer, post(BODY, "Authorization", "Basic first secret"));
        refused(bearer, post(BODY, "Authorization", "Bearer "));
        refused(bearer, post(BODY, "Authorization", "Bearer other"));
    }

    @Test
    void basicTakesNameAndPasswordTogether() {
        Verification basic = verification("basic", "username", "jürgen");

        taken(basic, post(BODY, "Authorization", "Basic " + base64("jürgen:first secret")));
        taken(basic, post(BODY, "Authorization", "basic " + base64("jürgen:second secret")));
        refused(basic, post(BODY, "Authorization", "Basic " + base64("other:first secret")));
        refused(basic, post(BODY, "Authorization", "Basic " + base64("jürgen:other")));
        refused(basic, post(BODY, "Authorization", "Basic " + base64("jürgen")));
        refused(basic, post(BODY, "Authorization", "Basic no base64!"));
        refused(verification("basic"), post(BODY, "Authorization", "Basic " + base64(":first secret")));
    }

    @Test
    void apiKeyComesInTheHeaderOrParameterThatTheEndpointNames() {
        taken(verification("api-key", "header", "X-Key"), post(BODY, "X-Key", "first secret"));
        refused(verification("api-key", "header", "X-Key"), post(BODY, "X-Other", "first secret"));
        refused(verification("api-key", "header", "X-Key"), call("POST", Calls.URL + "?X-Key=first%20secret", BODY));
        Verification query = verification("api-key", "queryParameter", "key");

        taken(query, call("POST", Calls.URL + "?a=b&key=first+secret", BODY));
        taken(query, call("GET", Calls.URL + "?key=second%20secret", ""));
        refused(query, call("POST", Calls.URL + "?key=first+secret&key=first+secret", BODY));
        refused(query, call("POST", Calls.URL + "?key=%zz", BODY));
        refused(query, post(BODY, "key", "first secret"));
        refused(verification("api-key"), post(BODY, "X-Key", "first secret"));
    }

    @Test
    void graphWantsTheSecretInEachNotification() {
        Verification graph = verification("microsoft-graph");

        taken(graph, post("{\"value\": [{\"clientState\": \"first secret\"}, {\"clientState\": \"second secret\"}]}"));
        refused(graph, post("{\"value\": [{\"clientState\": \"first secret\"}, {\"clientState\": \"other\"}]}"));
        refused(graph, post("{\"value\": [{\"clientState\": \"first secret\"}, {}]}"));
        refused(graph, post("{\"value\": []}"));
        refused(graph, post("{\"value\": {\"clientState\": \"first secret\"}}"));
        refused(graph, post("{\"value\": [{\"clientState\": \"other\", \"clientState\": \"first secret\"}]}"));
        refused(graph, post("{\"value\": [{\"clientState\": \"first secret\"}]} {}"));
        refused(graph, post(""));
    }

    @Test
    void stripeTakesOneOfSeveralSignaturesButOneTime() {
        Verification stripe = verification("stripe");
        String right = KeyedAnswer.hex("second secret", NOW + "." + BODY);

        taken(stripe, post(BODY, "Stripe-Signature", "t=" + NOW + ",v1=00,v0=11,v1=" + right + ",v1=odd"));
        refused(stripe, post(BODY, "Stripe-Signature", "t=" + NOW + ",t=" + NOW + ",v1=" + right));
        refused(stripe, post(BODY, "Stripe-Signature", "t=" + NOW + ",v0=" + right));
        refused(stripe, post(BODY, "Stripe-Signature", "v1=" + right));
        refused(stripe, post(BODY, "Stripe-Signature", "t=,v1=" + right));
    }

    @Test
    void standardWebhooksPrefersSvixAndBoundsItsList() {
        Verification standard = verification("standard-webhooks");
        List<String> secrets = List.of("whsec_" + base64("0123456789abcdef"));
        SignedRequest signed = verifiers.sign(post(BODY), standard, secrets);
        String id = String.valueOf(signed.headers().get("webhook-id"));
        String right = String.valueOf(signed.headers().get("webhook-signature"));
        String many = IntStream.range(0, 16).mapToObj(i -> "v1,AAAA").collect(Collectors.joining(" ")) + " " + right;

        SignedCall plain = post(BODY, "webhook-id", id, "webhook-timestamp", NOW, "webhook-signature", "v2,x " + right);
        assertThat(verifiers.verify(plain, standard, secrets)).isInstanceOf(Verdict.Verified.class);
        SignedCall tooMany = post(BODY, "webhook-id", id, "webhook-timestamp", NOW, "webhook-signature", many);
        assertThat(verifiers.verify(tooMany, standard, secrets)).isInstanceOf(Verdict.Refused.class);
        SignedCall both =
                post(BODY, "svix-id", "other", "webhook-id", id, "webhook-timestamp", NOW, "webhook-signature", right);
        assertThat(verifiers.verify(both, standard, secrets)).isInstanceOf(Verdict.Refused.class);
        assertThat(verifiers.eventId(both, standard)).contains("other");
    }

    @Test
    void twilioRefusesABodyThatNothingVouchesFor() {
        Verification twilio = verification("twilio");
        SignedRequest empty = verifiers.sign(post(""), twilio, SECRETS);
        String signature = String.valueOf(empty.headers().get("X-Twilio-Signature"));

        taken(twilio, post("", "X-Twilio-Signature", signature));
        refused(twilio, post(BODY, "X-Twilio-Signature", signature, "Content-Type", "application/json"));
        refused(twilio, post("a=b", "X-Twilio-Signature", signature));
        refused(
                twilio,
                post("a=%zz", "X-Twilio-Signature", signature, "Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void xTakesNoTextThatItsHandshakeCouldSign() {
        Verification x = verification("x");

        taken(x, post("{}", "X-Twitter-Webhooks-Signature", "sha256=" + KeyedAnswer.base64("first secret", "{}")));
        refused(
                x,
                post("token", "X-Twitter-Webhooks-Signature", "sha256=" + KeyedAnswer.base64("first secret", "token")));
        refused(x, post("", "X-Twitter-Webhooks-Signature", "sha256=" + KeyedAnswer.base64("first secret", "")));
    }

    @Test
    void hmacTakesUpperCaseAndRefusesWhatItDoesNotKnow() {
        String right = KeyedAnswer.hex("first secret", BODY);

        taken(verification("hmac", "header", "X-S"), post(BODY, "X-S", right.toUpperCase(java.util.Locale.ROOT)));
        refused(verification("hmac"), post(BODY, "X-S", right));
        refused(verification("hmac", "header", "X-S", "algorithm", "md5"), post(BODY, "X-S", right));
        refused(verification("hmac", "header", "X-S", "encoding", "base32"), post(BODY, "X-S", right));
        refused(verification("hmac", "header", "X-S", "signedContent", "{timestamp}{body}"), post(BODY, "X-S", right));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "github, X-GitHub-Delivery, d1, d1",
                "stripe, X-None, -, evt_1",
                "shopify, X-Shopify-Event-Id, e1, e1",
                "shopify, X-Shopify-Webhook-Id, w1, w1",
                "slack, X-None, -, Ev1",
                "twilio, I-Twilio-Idempotency-Token, i1, i1",
                "zoom, X-None, -, -",
                "meta, X-GitHub-Delivery, d1, -",
                "dropbox, X-None, -, -",
                "x, X-None, -, -",
                "gitlab, Idempotency-Key, k1, k1",
                "gitlab, X-Gitlab-Event-UUID, u1, -",
                "microsoft-graph, X-None, -, -",
                "none, X-Id, n1, -",
                "standard-webhooks, webhook-id, msg_1, msg_1",
                "unknown, X-None, -, -"
            })
    void eventIsNamedAsItsSenderDoes(String scheme, String header, String value, String id) {
        SignedCall call = value == null ? post(BODY) : post(BODY, header, value);

        assertThat(verifiers.eventId(call, verification(scheme)).orElse(null)).isEqualTo(id);
    }

    @Test
    void eventOfShopifyComesBeforeItsWebhook() {
        SignedCall both = post(BODY, "X-Shopify-Webhook-Id", "w1", "X-Shopify-Event-Id", "e1");

        assertThat(verifiers.eventId(both, verification("shopify"))).contains("e1");
    }

    @Test
    void ordersOfOneSecondDifferByTheirBodies() {
        Verification woo = verification("woocommerce");
        SignedCall one = post("{\"id\": 1}", "X-WC-Webhook-Delivery-ID", "d");
        SignedCall two = post("{\"id\": 2}", "X-WC-Webhook-Delivery-ID", "d");

        assertThat(verifiers.eventId(one, woo)).isPresent().isEqualTo(verifiers.eventId(one, woo));
        assertThat(verifiers.eventId(one, woo)).isNotEqualTo(verifiers.eventId(two, woo));
    }

    @Test
    void ownerMaySayWhereTheEventIsNamed() {
        assertThat(verifiers.eventId(post(BODY, "X-Id", "n1"), verification("none", "eventIdHeader", "x-id")))
                .contains("n1");
        assertThat(verifiers.eventId(post(BODY), verification("hmac", "eventIdPointer", "/id")))
                .contains("evt_1");
        assertThat(verifiers.eventId(post(BODY), verification("hmac", "eventIdPointer", "no pointer")))
                .isEmpty();
    }

    @Test
    void namesWhatMustBeMaskedOrLeftOut() {
        assertThat(verifiers.credentialHeaders(verification("gitlab"))).containsExactly("x-gitlab-token");
        assertThat(verifiers.credentialHeaders(verification("basic"))).containsExactly("authorization");
        assertThat(verifiers.credentialHeaders(verification("jwt", "header", "X-Token")))
                .containsExactly("x-token");
        assertThat(verifiers.credentialHeaders(verification("api-key", "header", "X-Key")))
                .containsExactly("x-key");
        assertThat(verifiers.credentialQuery(verification("api-key", "queryParameter", "key")))
                .containsExactly("key");
        assertThat(verifiers.credentialQuery(verification("meta"))).containsExactly("hub.verify_token");
        assertThat(verifiers.signatureHeaders(verification("github")))
                .containsExactlyInAnyOrder("x-hub-signature-256", "x-hub-signature");
        assertThat(verifiers.signatureHeaders(verification("hmac", "header", "X-S")))
                .containsExactly("x-s");
        assertThat(verifiers.signatureHeaders(verification("none"))).isEmpty();
    }

    private void taken(Verification verification, SignedCall call) {
        assertThat(verifiers.verify(call, verification, SECRETS)).isInstanceOf(Verdict.Verified.class);
    }

    private void refused(Verification verification, SignedCall call) {
        assertThat(verifiers.verify(call, verification, SECRETS)).isInstanceOf(Verdict.Refused.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
