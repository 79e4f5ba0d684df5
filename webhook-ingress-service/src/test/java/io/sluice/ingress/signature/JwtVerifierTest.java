package io.sluice.ingress.signature;

import static io.sluice.ingress.testsupport.Calls.post;
import static io.sluice.ingress.testsupport.Calls.verification;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.Verification;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {

    private static final long NOW = Vectors.NOW.getEpochSecond();
    private static final PublicJsonWebKey RSA = key("rsa");
    private static final PublicJsonWebKey EC = key("ec");
    private static final PublicJsonWebKey ED = key("ed");
    private static final PublicJsonWebKey STRANGER = key("rsa");

    private final Verification jwt = verification(
            "jwt", "issuer", "https://issuer.example", "audience", "sluice", "jwksUrl", "https://issuer.example/keys");
    private final Verifiers verifiers = new Verifiers(
            InstantSource.fixed(Vectors.NOW), (url, id) -> new IssuerKeys.Found.Keys(List.of(RSA, EC, ED)));

    @Test
    void takesTokensOfTheIssuersKeysByAsymmetricAlgorithms() {
        for (String algorithm : List.of("RS256", "RS512", "PS256", "PS384")) {
            taken(token(RSA, algorithm, claims -> {}));
        }
        taken(token(EC, "ES256", claims -> {}));
        taken(token(ED, "EdDSA", claims -> {}));
    }

    @Test
    void refusesOtherKeysAlgorithmsAndChanges() {
        String right = token(RSA, "RS256", claims -> {});

        refused(token(STRANGER, "RS256", claims -> {}));
        refused(hmacWithThePublicKey());
        refused(unsigned());
        refused(right.substring(0, right.length() - 6) + "AAAAAA");
        refused(right.substring(0, right.lastIndexOf('.') + 1));
        refused(right + ".a.b");
        refused("");
        refused("no token");
        refused("a.b.c");
    }

    @Test
    void refusesOtherIssuersAudiencesAndTimes() {
        refused(token(RSA, "RS256", claims -> claims.setIssuer("https://other.example")));
        refused(token(RSA, "RS256", claims -> claims.setAudience("other")));
        refused(token(RSA, "RS256", claims -> claims.unsetClaim("iss")));
        refused(token(RSA, "RS256", claims -> claims.unsetClaim("aud")));
        refused(token(RSA, "RS256", claims -> claims.unsetClaim("exp")));
        refused(token(RSA, "RS256", claims -> claims.setExpirationTime(NumericDate.fromSeconds(NOW - 61))));
        refused(token(RSA, "RS256", claims -> claims.setNotBefore(NumericDate.fromSeconds(NOW + 61))));
        taken(token(RSA, "RS256", claims -> claims.setExpirationTime(NumericDate.fromSeconds(NOW - 58))));
        taken(token(RSA, "RS256", claims -> claims.setNotBefore(NumericDate.fromSeconds(NOW + 58))));
        taken(token(RSA, "RS256", claims -> claims.setAudience("other", "sluice")));
    }

    @Test
    void tokenComesWhereTheEndpointSays() {
        Verification own = verification(
                "jwt",
                "issuer",
                "https://issuer.example",
                "audience",
                "sluice",
                "jwksUrl",
                "https://issuer.example/keys",
                "header",
                "X-Token");
        String right = token(RSA, "RS256", claims -> {});

        assertThat(verifiers.verify(post("", "X-Token", right), own, List.of())).isInstanceOf(Verdict.Verified.class);
        assertThat(verifiers.verify(post("", "X-Token", "Bearer " + right), own, List.of()))
                .isInstanceOf(Verdict.Verified.class);
        assertThat(verifiers.verify(post("", "Authorization", right), jwt, List.of()))
                .isInstanceOf(Verdict.Refused.class);
        assertThat(verifiers.verify(
                        post("", "Authorization", "Bearer " + right, "Authorization", "Bearer " + right),
                        jwt,
                        List.of()))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void withoutIssuerAudienceOrKeysNothingIsTaken() {
        SignedCall call = post("", "Authorization", "Bearer " + token(RSA, "RS256", claims -> {}));

        assertThat(verifiers.verify(call, verification("jwt", "issuer", "https://issuer.example"), List.of()))
                .isInstanceOf(Verdict.Refused.class);
        Verifiers away =
                new Verifiers(InstantSource.fixed(Vectors.NOW), (url, id) -> new IssuerKeys.Found.Unavailable("away"));
        assertThat(away.verify(call, jwt, List.of())).isEqualTo(new Verdict.Unavailable("away"));
        assertThat(away.verify(post("", "Authorization", "Bearer " + unsigned()), jwt, List.of()))
                .isInstanceOf(Verdict.Refused.class);
    }

    private void taken(String token) {
        assertThat(verifiers.verify(post("{}", "Authorization", "Bearer " + token), jwt, List.of()))
                .isEqualTo(new Verdict.Verified());
    }

    private void refused(String token) {
        assertThat(verifiers.verify(post("{}", "Authorization", "Bearer " + token), jwt, List.of()))
                .isInstanceOf(Verdict.Refused.class);
    }

    private static String token(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> change) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        return token(signature, algorithm, change);
    }

    /** The classic trick: the public key as the key of an HMAC. */
    private static String hmacWithThePublicKey() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setKey(new HmacKey(RSA.getPublicKey().getEncoded()));
        signature.setKeyIdHeaderValue(RSA.getKeyId());
        return token(signature, "HS256", claims -> {});
    }

    private static String unsigned() {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        return token(signature, "none", claims -> {});
    }

    private static String token(JsonWebSignature signature, String algorithm, Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("https://issuer.example");
        claims.setAudience("sluice");
        claims.setExpirationTime(NumericDate.fromSeconds(NOW + 300));
        change.accept(claims);
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey key(String kind) {
        try {
            PublicJsonWebKey key = switch (kind) {
                case "rsa" -> RsaJwkGenerator.generateJwk(2_048);
                case "ec" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                default -> OkpJwkGenerator.generateJwk("Ed25519");
            };
            key.setKeyId(kind);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static String published() {
        return "{\"keys\":[" + RSA.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}";
    }
}
