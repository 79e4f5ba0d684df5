package io.sluice.ingress.signature;

import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.http.HttpSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Fetches an issuer's keys. */
final class JwksFetch {

    /** The largest in the wild are some ten KiB. */
    private static final int MOST_BYTES = 262_144;

    private static final int MOST_KEYS = 100;

    private final HttpSender sender;
    private final Duration timeout;

    JwksFetch(HttpSender sender, Duration timeout) {
        this.sender = sender;
        this.timeout = timeout;
    }

    /** @throws HttpFailure when there are none to be had */
    List<JsonWebKey> keys(String jwksUrl) {
        HttpCall call = new HttpCall(
                "GET",
                jwksUrl,
                Map.of("Accept", "application/jwk-set+json, application/json", "User-Agent", "Sluice"),
                null,
                Optional.empty(),
                timeout);
        try (HttpAnswer answer = sender.send(call)) {
            if (!answer.isSuccess()) {
                throw failure("answered " + answer.status());
            }
            if (answer.body().length > MOST_BYTES) {
                throw failure("answered more than " + MOST_BYTES + " bytes");
            }
            return parsed(new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static List<JsonWebKey> parsed(String text) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(text)
                    .getJsonWebKeys().stream()
                            // A symmetric key in public is nobody's.
                            .filter(PublicJsonWebKey.class::isInstance)
                            .limit(MOST_KEYS)
                            .toList();
            if (keys.isEmpty()) {
                throw failure("publishes no public key");
            }
            return keys;
        } catch (JoseException e) {
            throw failure("did not answer a set of keys");
        }
    }

    private static HttpFailure failure(String what) {
        return new HttpFailure(HttpFailure.Reason.COMMUNICATION, "the issuer " + what);
    }
}
