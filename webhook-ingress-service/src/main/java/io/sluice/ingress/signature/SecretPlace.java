package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.util.Optional;

/** Where a sender puts the secret itself. */
sealed interface SecretPlace {

    /** @param prefix what stands before it; in any case of letters, as names of authentication schemes are */
    record Header(String name, String prefix) implements SecretPlace {}

    record Query(String name) implements SecretPlace {}

    /** RFC 6750. */
    static SecretPlace bearer() {
        return new Header("Authorization", "Bearer ");
    }

    /** A parameter, or else a header, of the endpoint's own choice; empty when it says neither. */
    static Optional<SecretPlace> chosen(Verification verification) {
        String query = verification.queryParameter();
        if (query != null && !query.isBlank()) {
            return Optional.of(new Query(query));
        }
        return Optional.ofNullable(verification.header())
                .filter(name -> !name.isBlank())
                .map(name -> new Header(name, ""));
    }

    /** What came there; empty when nothing did, or twice. */
    default Optional<String> of(SignedCall call) {
        return switch (this) {
            case Header(var name, var prefix) ->
                call.single(name)
                        .filter(value -> value.regionMatches(true, 0, prefix, 0, prefix.length()))
                        .map(value -> value.substring(prefix.length()));
            case Query(var name) -> FormFields.single(call.query(), name);
        };
    }

    default String shown() {
        return switch (this) {
            case Header(var name, var prefix) -> name;
            case Query(var name) -> "the URL's parameter " + name;
        };
    }
}
