package io.sluice.ingress.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Web Tokens (RFC 7519) of one issuer, for one audience, signed with a key that the issuer publishes. */
final class JwtVerifier implements Verifier {

    private static final int LONGEST_TOKEN = 16_384;

    private final EventIds eventIds = EventIds.configured();
    private final InstantSource clock;
    private final IssuerKeys keys;

    JwtVerifier(InstantSource clock, IssuerKeys keys) {
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        String jwksUrl = verification.jwksUrl();
        if (isBlank(verification.issuer()) || isBlank(verification.audience()) || jwksUrl == null) {
            return new Verdict.Refused("the endpoint does not name issuer, audience and keys");
        }
        Optional<String> token = token(call, verification);
        if (token.isEmpty()) {
            return new Verdict.Refused(header(verification) + " has no token, or comes twice");
        }
        Optional<JsonNode> head = head(token.get());
        if (head.isEmpty()) {
            return new Verdict.Refused("the token is no signed JWT");
        }
        // Before keys are fetched, so that not every text makes us ask.
        if (!TokenRules.ALGORITHMS.contains(head.get().path("alg").asText())) {
            return new Verdict.Refused("the token is signed by an algorithm that is not taken");
        }
        return switch (keys.find(jwksUrl, head.get().path("kid").textValue())) {
            case IssuerKeys.Found.Unavailable(var reason) -> new Verdict.Unavailable(reason);
            case IssuerKeys.Found.Keys(var published) ->
                new TokenRules(verification, published, clock.instant()).judge(token.get());
        };
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return Explained.place(verification.scheme(), header(verification));
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        throw Unsignable.because("Only its issuer can sign a token. Send the call with one from there.");
    }

    @Override
    public Set<String> credentialHeaders(Verification verification) {
        return Set.of(header(verification).toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean mayBlock() {
        return true;
    }

    private static String header(Verification verification) {
        String header = verification.header();
        return header == null || header.isBlank() ? "Authorization" : header;
    }

    /** A header of the endpoint's own choice may hold the token bare. */
    private static Optional<String> token(SignedCall call, Verification verification) {
        String header = header(verification);
        Optional<String> token = new SecretPlace.Header(header, "Bearer ").of(call);
        boolean own = !header.equalsIgnoreCase("Authorization");
        return token.or(() -> own ? call.single(header) : Optional.empty())
                .filter(text -> text.length() <= LONGEST_TOKEN);
    }

    private static Optional<JsonNode> head(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return JsonBody.object(Base64.getUrlDecoder().decode(parts[0]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
