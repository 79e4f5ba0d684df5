package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Basic authentication (RFC 7617): the endpoint's user name, and the secret as password. */
final class BasicVerifier implements Verifier {

    private static final String HEADER = "Authorization";
    private static final SecretPlace PLACE = new SecretPlace.Header(HEADER, "Basic ");

    private final EventIds eventIds = EventIds.configured();
    private final Stamps stamps;

    BasicVerifier(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        String username = verification.username();
        if (username == null || username.isEmpty()) {
            return new Verdict.Refused("the endpoint has no user name");
        }
        Optional<String> login = PLACE.of(call)
                .flatMap(Encoding.BASE64::decoded)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (login.isEmpty()) {
            return new Verdict.Refused(HEADER + " is missing, comes twice or is not Basic");
        }
        // Name and password at once, so that nobody learns which of them was wrong. A name has no colon.
        List<String> right =
                secrets.stream().map(secret -> username + ":" + secret).toList();
        return Hmac.isOneOf(login.get(), right)
                ? new Verdict.Verified()
                : new Verdict.Refused("user name or password in " + HEADER + " is wrong");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return Explained.place(verification.scheme(), HEADER);
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        String username = verification.username();
        if (username == null) {
            throw Unsignable.because("The endpoint has no user name.");
        }
        Map<String, String> headers = new LinkedHashMap<>(stamps.begun(unsigned, eventIds, verification));
        headers.put(HEADER, "Basic " + Encoding.BASE64.encoded(Hmac.utf8(username + ":" + secrets.getFirst())));
        return new SignedRequest(headers, unsigned.query(), unsigned.body(), Set.of("header:authorization"));
    }

    @Override
    public Set<String> credentialHeaders(Verification verification) {
        return Set.of("authorization");
    }
}
