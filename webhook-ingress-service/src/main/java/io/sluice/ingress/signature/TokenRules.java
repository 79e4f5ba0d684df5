package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/** What a token must fulfil, with the keys that its issuer publishes. */
final class TokenRules {

    /** Asymmetric ones alone: “none” proves nothing, and an HMAC keyed with a public key is anyone's. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final int DEFAULT_LEEWAY = 60;

    private final JwtConsumer consumer;

    TokenRules(Verification verification, List<JsonWebKey> published, Instant now) {
        JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(published);
        // A token that does not name its key may be of any of them.
        resolver.setDisambiguateWithVerifySignature(true);
        this.consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(resolver)
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
                .setExpectedIssuer(true, verification.issuer())
                .setExpectedAudience(true, verification.audience())
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds(
                        Objects.requireNonNullElse(verification.toleranceSeconds(), DEFAULT_LEEWAY))
                .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                .build();
    }

    Verdict judge(String token) {
        try {
            consumer.processToClaims(token);
            return new Verdict.Verified();
        } catch (InvalidJwtException e) {
            return new Verdict.Refused(reason(e));
        }
    }

    /** Not the library's words: they repeat the token. */
    private static String reason(InvalidJwtException refused) {
        if (refused.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
            return "the token's signature does not fit";
        }
        if (refused.hasErrorCode(ErrorCodes.ISSUER_INVALID) || refused.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is of another issuer";
        }
        if (refused.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || refused.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another audience";
        }
        if (refused.hasErrorCode(ErrorCodes.EXPIRED) || refused.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "the token has expired, or never would";
        }
        return refused.hasErrorCode(ErrorCodes.NOT_YET_VALID)
                ? "the token is not valid yet"
                : "the token cannot be verified with the issuer's keys";
    }
}
