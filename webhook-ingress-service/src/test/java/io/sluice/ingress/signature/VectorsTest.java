package io.sluice.ingress.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {

    private final Verifiers verifiers = at(Vectors.NOW);

    static List<Vectors.Vector> all() {
        return Vectors.all();
    }

    static List<Vectors.Vector> valid() {
        return all().stream().filter(Vectors.Vector::valid).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void callIsJudgedAsTheVendorDoes(Vectors.Vector vector) {
        Verdict verdict = verifiers.verify(vector.call(), vector.verification(), vector.secrets());

        assertThat(verdict instanceof Verdict.Verified).as("%s", verdict).isEqualTo(vector.valid());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void timeIsLookedAtInBothDirections(Vectors.Vector vector) {
        boolean timed = vector.call().headers().keySet().stream().anyMatch(name -> name.contains("time"))
                || vector.call().headers().containsKey("stripe-signature");
        for (int off : new int[] {-301, -300, 300, 301}) {
            Verdict verdict = at(Vectors.NOW.plus(Duration.ofSeconds(off)))
                    .verify(vector.call(), vector.verification(), vector.secrets());

            assertThat(verdict instanceof Verdict.Verified)
                    .as("%s s: %s", off, verdict)
                    .isEqualTo(!timed || Math.abs(off) <= 300);
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void headerThatComesTwiceIsRefused(Vectors.Vector vector) {
        for (String signature : verifiers.signatureHeaders(vector.verification())) {
            Optional<String> value = vector.call().single(signature);
            if (value.isPresent()) {
                var headers = new java.util.HashMap<>(vector.call().headers());
                headers.put(signature, List.of(value.get(), value.get()));
                SignedCall twice = new SignedCall(
                        vector.call().method(),
                        vector.call().url(),
                        headers,
                        vector.call().body());

                assertThat(verifiers.verify(twice, vector.verification(), vector.secrets()))
                        .isInstanceOf(Verdict.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void withoutItsSecretNothingIsTaken(Vectors.Vector vector) {
        assertThat(verifiers.verify(vector.call(), vector.verification(), List.of()))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verifiers.verify(vector.call(), vector.verification(), List.of("", " ")))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verifiers.verify(vector.call(), vector.verification(), List.of("whsec_", "whpk_", "%")))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void secretsAndPublicKeysStandSideBySide() {
        List<Vectors.Vector> standard = valid().stream()
                .filter(vector -> vector.verification().scheme().equals("standard-webhooks"))
                .toList();
        List<String> all = standard.stream()
                .flatMap(vector -> vector.secrets().stream())
                .distinct()
                .toList();

        assertThat(all).anyMatch(secret -> secret.startsWith("whsec_")).anyMatch(secret -> secret.startsWith("whpk_"));
        assertThat(standard)
                .allSatisfy(vector -> assertThat(verifiers.verify(vector.call(), vector.verification(), all))
                        .isInstanceOf(Verdict.Verified.class));
    }

    @Test
    void thereAreVectorsOfEachSchemeThatSigns() {
        assertThat(all().stream().map(vector -> vector.verification().scheme()).distinct())
                .containsExactlyInAnyOrder(
                        "hmac",
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
                        "x");
    }

    private static Verifiers at(Instant now) {
        return new Verifiers(InstantSource.fixed(now), (url, id) -> new IssuerKeys.Found.Unavailable("no network"));
    }
}
