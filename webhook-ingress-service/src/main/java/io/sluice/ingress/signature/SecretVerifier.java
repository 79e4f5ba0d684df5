package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Senders that send the secret itself: nothing is signed, the connection alone keeps it. */
final class SecretVerifier implements Verifier {

    private final Function<Verification, Optional<SecretPlace>> place;
    private final EventIds eventIds;
    private final Stamps stamps;

    /** @param place empty when the endpoint's settings do not say one */
    SecretVerifier(Function<Verification, Optional<SecretPlace>> place, EventIds eventIds, Stamps stamps) {
        this.place = place;
        this.eventIds = eventIds;
        this.stamps = stamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<SecretPlace> known = place.apply(verification);
        if (known.isEmpty()) {
            return new Verdict.Refused("the endpoint does not say where the secret comes");
        }
        Optional<String> received = known.get().of(call);
        if (received.isEmpty()) {
            return new Verdict.Refused(known.get().shown() + " is missing, comes twice or is of another kind");
        }
        return Hmac.isOneOf(received.get(), secrets)
                ? new Verdict.Verified()
                : new Verdict.Refused(known.get().shown() + " is not the secret");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return place.apply(verification).flatMap(known -> Explained.place(verification.scheme(), known.shown()));
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        SecretPlace known = place.apply(verification)
                .orElseThrow(() -> Unsignable.because("The endpoint does not say where the secret comes."));
        Map<String, String> headers = stamps.begun(unsigned, eventIds, verification);
        String secret = secrets.getFirst();
        return switch (known) {
            case SecretPlace.Header(var name, var prefix) -> {
                headers.put(name, prefix + secret);
                Set<String> places = Set.of("header:" + name.toLowerCase(Locale.ROOT));
                yield new SignedRequest(headers, unsigned.query(), unsigned.body(), places);
            }
            case SecretPlace.Query(var name) ->
                new SignedRequest(
                        headers, query(unsigned.query(), name, secret), unsigned.body(), Set.of("query:" + name));
        };
    }

    private static String query(String query, String name, String secret) {
        String own = encoded(name) + "=";
        String others = Arrays.stream(query.split("&", -1))
                .filter(pair -> !pair.isEmpty() && !isNamed(pair, name))
                .collect(Collectors.joining("&"));
        return (others.isEmpty() ? "" : others + "&") + own + encoded(secret);
    }

    /** However the name is spelt. */
    private static boolean isNamed(String pair, String name) {
        return FormFields.of(pair)
                .filter(fields -> fields.values().containsKey(name))
                .isPresent();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Set<String> credentialHeaders(Verification verification) {
        return place.apply(verification).orElse(null) instanceof SecretPlace.Header(var name, var prefix)
                ? Set.of(name.toLowerCase(Locale.ROOT))
                : Set.of();
    }

    @Override
    public Set<String> credentialQuery(Verification verification) {
        return place.apply(verification).orElse(null) instanceof SecretPlace.Query(var name) ? Set.of(name) : Set.of();
    }
}
