package io.sluice.ingress.signature;

import static io.sluice.ingress.testsupport.Calls.call;
import static io.sluice.ingress.testsupport.Calls.post;
import static io.sluice.ingress.testsupport.Calls.verification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.testsupport.Calls;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {

    static final List<String> SECRETS =
            List.of("whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    private static final String BODY = "{\"value\": [{\"subscriptionId\": \"s\"}], \"name\": \"Grüße\"}";

    private final Verifiers verifiers = new Verifiers(
            InstantSource.fixed(Vectors.NOW), (url, id) -> new IssuerKeys.Found.Unavailable("no network"), () -> ID);

    /** Each scheme that can be signed here. */
    static Stream<Verification> signable() {
        return Stream.concat(
                Stream.of(
                                "none",
                                "ip-list",
                                "standard-webhooks",
                                "github",
                                "stripe",
                                "shopify",
                                "slack",
                                "woocommerce",
                                "twilio",
                                "zoom",
                                "meta",
                                "dropbox",
                                "x",
                                "gitlab",
                                "microsoft-graph",
                                "bearer")
                        .map(Calls::verification),
                Stream.of(
                        verification("basic", "username", "jane"),
                        verification("api-key", "header", "X-Key"),
                        verification("api-key", "queryParameter", "key"),
                        verification("hmac", "header", "X-S", "prefix", "sig=", "algorithm", "sha512"),
                        verification(
                                "hmac",
                                "header",
                                "X-S",
                                "encoding",
                                "base64",
                                "signedContent",
                                "{id}.{timestamp}.{url}.{body}",
                                "timestampHeader",
                                "X-T",
                                "eventIdHeader",
                                "X-I")));
    }

    @ParameterizedTest
    @MethodSource("signable")
    void whatIsSignedHereIsTaken(Verification verification) {
        for (SignedCall unsigned : List.of(
                post(BODY, "Content-Type", "application/json"),
                call("POST", Calls.URL + "?a=b&key=old&bodySHA256=old", BODY, "Content-Type", "application/json"))) {
            SignedRequest signed = verifiers.sign(unsigned, verification, SECRETS);

            assertThat(verifiers.verify(sent(unsigned, signed), verification, SECRETS))
                    .isInstanceOf(Verdict.Verified.class);
        }
    }

    @ParameterizedTest
    @MethodSource("signable")
    void secretsAreNowhereButInTheNamedPlaces(Verification verification) {
        SignedCall unsigned = post(BODY, "Content-Type", "application/json");
        SignedRequest signed = verifiers.sign(unsigned, verification, SECRETS);
        String secret = SECRETS.getFirst();
        String encoded = Base64.getEncoder().encodeToString(("jane:" + secret).getBytes(StandardCharsets.UTF_8));

        signed.headers()
                .forEach((name, value) -> assertThat(value.contains(secret) || value.contains(encoded))
                        .as(name)
                        .isEqualTo(signed.secretPlaces().contains("header:" + name.toLowerCase(Locale.ROOT))));
        assertThat(signed.query().contains("whsec_"))
                .isEqualTo(signed.secretPlaces().contains("query:key"));
        assertThat(new String(signed.body(), StandardCharsets.UTF_8).contains(secret))
                .isEqualTo(signed.secretPlaces().contains("body:clientState"));
    }

    @ParameterizedTest
    @MethodSource("signable")
    void explanationTellsNoSecretAndWhatWouldHaveFitted(Verification verification) {
        SignedCall unsigned = post(BODY, "Content-Type", "application/json");
        SignedCall signed = sent(unsigned, verifiers.sign(unsigned, verification, SECRETS));

        verifiers.explain(signed, verification, SECRETS).ifPresent(check -> {
            assertThat(check.toString()).doesNotContain(SECRETS.getFirst());
            assertThat(check.expected()).isEqualTo(check.received());
            assertThat(check.place()).isNotBlank();
        });
        assertThat(verifiers.explain(post(""), verification, SECRETS).isEmpty())
                .isEqualTo(List.of("none", "ip-list").contains(verification.scheme()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gitlab", "microsoft-graph", "basic", "bearer", "jwt"})
    void ofSentSecretsNothingIsTold(String scheme) {
        SignedCall call = post("{\"clientState\": \"s\"}", "Authorization", "Bearer s", "X-Gitlab-Token", "s");

        SignatureCheck check =
                verifiers.explain(call, verification(scheme), SECRETS).orElseThrow();

        assertThat(check.received()).isNull();
        assertThat(check.expected()).isNull();
        assertThat(check.signedContent()).isNull();
    }

    @Test
    void explanationOfASignedUrlDoesNotTellItsToken() {
        Verification hmac = verification("hmac", "header", "X-Sig", "signedContent", "{url}|{body}");
        SignedCall call = call("POST", Calls.URL + "?a=1", "a=b", "Content-Type", "application/x-www-form-urlencoded");

        for (Verification verification : List.of(hmac, verification("twilio"))) {
            SignedCall signed = sent(call, verifiers.sign(call, verification, SECRETS));
            SignatureCheck check =
                    verifiers.explain(signed, verification, SECRETS).orElseThrow();

            assertThat(check.expected()).isEqualTo(check.received());
            assertThat(check.toString()).doesNotContain(call.token());
            assertThat(check.signedContent()).startsWith("https://hooks.example.org/webhook/…?a=1");
        }
    }

    @Test
    void signedContentIsCut() {
        SignatureCheck check = verifiers
                .explain(post("\0" + "🌍".repeat(100_000)), verification("github"), SECRETS)
                .orElseThrow();

        assertThat(check.signedContent()).startsWith("\uFFFD🌍").endsWith("🌍").hasSizeBetween(4_000, 4_096);
    }

    @Test
    void idsAndTimesAreFreshUnlessTheAuthorRepeatsAnEvent() {
        assertThat(verifiers.sign(post(BODY), verification("github"), SECRETS).headers())
                .containsEntry("X-GitHub-Delivery", ID.toString());
        assertThat(verifiers
                        .sign(post(BODY, "X-GitHub-Delivery", "again"), verification("github"), SECRETS)
                        .headers())
                .containsEntry("X-GitHub-Delivery", "again");
        assertThat(verifiers
                        .sign(post(BODY, "webhook-timestamp", "1"), verification("standard-webhooks"), SECRETS)
                        .headers())
                .containsEntry("webhook-timestamp", String.valueOf(Vectors.NOW.getEpochSecond()))
                .containsEntry("webhook-id", "msg_" + ID);
    }

    @Test
    void whatOnlyTheSenderCanSignIsToldSo() {
        for (Verification verification : List.of(
                verification("jwt"),
                verification("github"),
                verification("hmac"),
                verification("api-key"),
                verification("basic"),
                verification("tomorrow"))) {
            List<String> secrets = verification.scheme().equals("github") ? List.of(" ") : SECRETS;
            assertThatThrownBy(() -> verifiers.sign(post(BODY), verification, secrets))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.type()).isEqualTo(ProblemType.TRIGGER_NOT_SUPPORTED));
        }
        assertThatThrownBy(() -> verifiers.sign(
                        post(BODY), verification("standard-webhooks"), List.of("whpk_" + "A".repeat(43) + "=")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> verifiers.sign(post("[]"), verification("microsoft-graph"), SECRETS))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.BAD_REQUEST));
    }

    static SignedCall sent(SignedCall unsigned, SignedRequest signed) {
        Map<String, List<String>> headers = new HashMap<>(unsigned.headers());
        signed.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        String path = unsigned.url().split("\\?", 2)[0];
        String url = signed.query().isEmpty() ? path : path + "?" + signed.query();
        return new SignedCall(unsigned.method(), url, headers, signed.body());
    }
}
