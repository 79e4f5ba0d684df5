package io.sluice.ingress.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.ingress.testsupport.Answer;
import io.sluice.ingress.testsupport.ServiceStack;
import io.sluice.ingress.testsupport.Signed;
import io.sluice.ingress.testsupport.TestEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class SignaturesTest {

    /** Of the Standard Webhooks specification's example. */
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String BODY = "{\"test\": 2432232314}";

    @Test
    void unsignedEndpointTakesEveryCall() {
        TestEndpoint endpoint = TestEndpoint.open();

        assertThat(endpoint.post(BODY).runId()).isNotNull();
        assertThat(endpoint.runs()).isEqualTo(1);
    }

    @Test
    void ourSignerGivesTheSpecificationsExample() {
        assertThat(Signed.v1(WHSEC, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void standardWebhooksTakesWhatIsSigned() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();

        Answer answer = endpoint.post(BODY, Signed.standard(WHSEC, "msg_1", Signed.now(), BODY));

        assertThat(answer.runId()).isNotNull();
    }

    @Test
    void standardWebhooksRefusesTheSpecificationsExampleAsTooOld() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();

        refused(endpoint, Signed.standard(WHSEC, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY));
    }

    @ParameterizedTest
    @CsvSource({"-290,true", "-310,false", "290,true", "310,false"})
    void standardWebhooksTakesTimesWithinFiveMinutes(long offset, boolean taken) {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();

        Answer answer = endpoint.post(BODY, Signed.standard(WHSEC, "msg_1", Signed.now() + offset, BODY));

        assertThat(answer.status()).isEqualTo(taken ? 202 : 401);
    }

    @Test
    void toleranceIsTheEndpointsOwn() {
        TestEndpoint endpoint =
                TestEndpoint.of("standard-webhooks", WHSEC).withTolerance(3_600).deploy();

        assertThat(endpoint.post(BODY, Signed.standard(WHSEC, "msg_1", Signed.now() - 3_000, BODY))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "99999999999999999999", "1e9"})
    void timestampThatIsNoneIsRefused(String timestamp) {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();

        refused(
                endpoint,
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                Signed.v1(WHSEC, "msg_1", Signed.now(), BODY));
    }

    @Test
    void standardWebhooksRefusesAnotherSecretBodyIdOrTime() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();
        long now = Signed.now();
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
        String signature = Signed.v1(WHSEC, "msg_1", now, BODY);

        refused(endpoint, Signed.standard(other, "msg_1", now, BODY));
        refused(endpoint, Signed.standard(WHSEC, "msg_1", now, BODY + " "));
        refused(endpoint, "webhook-id", "msg_2", "webhook-timestamp", "" + now, "webhook-signature", signature);
        refused(endpoint, "webhook-id", "msg_1", "webhook-timestamp", "" + (now + 1), "webhook-signature", signature);
        refused(endpoint, "webhook-id", "msg_1", "webhook-timestamp", "" + now, "webhook-signature", "v1,");
        refused(
                endpoint,
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                "" + now,
                "webhook-signature",
                signature.replace("v1,", "v1a,"));
        refused(endpoint, "webhook-id", "msg_1", "webhook-timestamp", "" + now);
        refused(endpoint, "webhook-timestamp", "" + now, "webhook-signature", signature);
        refused(endpoint);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();
        long now = Signed.now();
        String signatures = "v1a,Zm9v v1,bm9uc2Vuc2U= " + Signed.v1(WHSEC, "msg_1", now, BODY);

        assertThat(endpoint.post(
                                BODY,
                                "webhook-id",
                                "msg_1",
                                "webhook-timestamp",
                                "" + now,
                                "webhook-signature",
                                signatures)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void headersOfSvixAreTakenToo() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();
        long now = Signed.now();

        assertThat(endpoint.post(
                                BODY,
                                "svix-id",
                                "msg_1",
                                "svix-timestamp",
                                "" + now,
                                "svix-signature",
                                Signed.v1(WHSEC, "msg_1", now, BODY))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void headerThatComesTwiceIsRefused() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();
        long now = Signed.now();
        String signature = Signed.v1(WHSEC, "msg_1", now, BODY);

        refused(
                endpoint,
                "webhook-id",
                "msg_1",
                "webhook-id",
                "msg_2",
                "webhook-timestamp",
                "" + now,
                "webhook-signature",
                signature);
        refused(
                endpoint,
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                "" + now,
                "webhook-signature",
                "v1,bm9uc2Vuc2U=",
                "webhook-signature",
                signature);
    }

    @Test
    void bothOfTwoLiveSecretsVerify() {
        String other = "whsec_"
                + Base64.getEncoder().encodeToString("another secret of 24 byt".getBytes(StandardCharsets.UTF_8));
        TestEndpoint endpoint =
                TestEndpoint.of("standard-webhooks", WHSEC, other).deploy();

        assertThat(endpoint.post(BODY, Signed.standard(WHSEC, "msg_1", Signed.now(), BODY))
                        .status())
                .isEqualTo(202);
        assertThat(endpoint.post(BODY, Signed.standard(other, "msg_2", Signed.now(), BODY))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void wooCommerceTakesWhatIsSignedAndNothingElse() {
        TestEndpoint endpoint = TestEndpoint.of("woocommerce", "woo secret").deploy();
        String signature = Signed.base64("HmacSHA256", "woo secret", BODY);

        assertThat(endpoint.post(BODY, "X-WC-Webhook-Signature", signature).status())
                .isEqualTo(202);
        refused(endpoint, "X-WC-Webhook-Signature", Signed.base64("HmacSHA256", "other", BODY));
        refused(endpoint, "X-WC-Webhook-Signature", Signed.hex("HmacSHA256", "woo secret", BODY));
        refused(endpoint, "X-WC-Webhook-Signature", "");
        refused(endpoint, "X-WC-Webhook-Signature", signature, "X-WC-Webhook-Signature", signature);
        refused(endpoint);
    }

    @Test
    void wooCommercePingIsAnsweredAndStartsNothing() {
        TestEndpoint endpoint = TestEndpoint.of("woocommerce", "woo secret").deploy();
        String form = "application/x-www-form-urlencoded";

        assertThat(endpoint.post("webhook_id=17", "Content-Type", form).status())
                .isEqualTo(200);
        endpoint.post("webhook_id=17&more=1", "Content-Type", form).refused(401, "bad-signature");
        endpoint.post("webhook_id=17", "Content-Type", "application/json").refused(401, "bad-signature");
        assertThat(endpoint.runs()).isZero();
    }

    @Test
    void wooCommercePingIsNoKeyToOtherSchemes() {
        TestEndpoint endpoint = TestEndpoint.of("standard-webhooks", WHSEC).deploy();

        endpoint.post("webhook_id=17", "Content-Type", "application/x-www-form-urlencoded")
                .refused(401, "bad-signature");
    }

    @ParameterizedTest
    @CsvSource({"sha1,HmacSHA1", "sha256,HmacSHA256", "sha512,HmacSHA512"})
    void hmacTakesItsAlgorithmInHexWithPrefix(String name, String algorithm) {
        TestEndpoint endpoint = TestEndpoint.of("hmac", "generic secret")
                .with("header", "X-Signature")
                .with("algorithm", name)
                .with("prefix", name + "=")
                .deploy();
        String right = Signed.hex(algorithm, "generic secret", BODY);

        assertThat(endpoint.post(BODY, "x-signature", name + "=" + right).status())
                .isEqualTo(202);
        refused(endpoint, "X-Signature", right);
        refused(endpoint, "X-Signature", name + "=" + Signed.hex(algorithm, "other", BODY));
        refused(endpoint, "X-Signature", name + "=" + right.substring(2));
        refused(endpoint, "X-Signature", name + "=");
        refused(endpoint, "X-Signature", name + "=not hex");
        refused(endpoint);
    }

    @Test
    void hmacTakesBase64OfWhatItsTemplateSays() {
        TestEndpoint endpoint = TestEndpoint.of("hmac", "generic secret")
                .with("header", "X-Signature")
                .with("encoding", "base64")
                .with("signedContent", "v0:{timestamp}:{id}:{url}:{body}")
                .with("timestampHeader", "X-Time")
                .with("eventIdHeader", "X-Id")
                .deploy();
        long now = Signed.now();
        String url = "https://hooks.example.org/webhook/" + endpoint.token();
        String right = Signed.base64("HmacSHA256", "generic secret", "v0:" + now + ":e1:" + url + ":" + BODY);

        assertThat(endpoint.post(BODY, "X-Signature", right, "X-Time", "" + now, "X-Id", "e1")
                        .status())
                .isEqualTo(202);
        refused(endpoint, "X-Signature", right, "X-Time", "" + now, "X-Id", "e2");
        refused(endpoint, "X-Signature", right, "X-Time", "" + now);
        refused(endpoint, "X-Signature", right, "X-Id", "e1");
        refused(endpoint, "X-Signature", right, "X-Time", "" + (now - 400), "X-Id", "e1");
    }

    @Test
    void bodyThatHoldsAPlaceholderIsSignedAsItIs() {
        TestEndpoint endpoint = TestEndpoint.of("hmac", "generic secret")
                .with("header", "X-Signature")
                .with("signedContent", "{timestamp}.{body}")
                .with("timestampHeader", "X-Time")
                .deploy();
        String body = "{\"text\": \"{timestamp}{body}$1\"}";
        long now = Signed.now();

        assertThat(endpoint.post(
                                body,
                                "X-Signature",
                                Signed.hex("HmacSHA256", "generic secret", now + "." + body),
                                "X-Time",
                                "" + now)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void endpointWithoutSecretsRefusesRatherThanTakes() {
        for (String scheme : new String[] {"standard-webhooks", "woocommerce"}) {
            TestEndpoint endpoint = TestEndpoint.of(scheme).deploy();

            refused(endpoint, Signed.standard("whsec_AAAA", "msg_1", Signed.now(), BODY));
            refused(endpoint, "X-WC-Webhook-Signature", Signed.base64("HmacSHA256", " ", BODY));
        }
    }

    @Test
    void secretSealedForAnotherIntegrationIsNotUsed() {
        TestEndpoint other = TestEndpoint.of("woocommerce");
        TestEndpoint endpoint = TestEndpoint.of("woocommerce");
        endpoint.withSealed(UUID.randomUUID(), other.sealed("{\"secret\":\"x\"}", other.integrationId()))
                .deploy();

        Answer answer = endpoint.post(BODY, "X-WC-Webhook-Signature", Signed.base64("HmacSHA256", "x", BODY));

        answer.refused(503, "unavailable");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(endpoint.runs()).isZero();
    }

    private static void refused(TestEndpoint endpoint, String... headers) {
        long before = endpoint.runs();
        endpoint.post(BODY, headers).refused(401, "bad-signature");
        assertThat(endpoint.runs()).isEqualTo(before);
    }
}
