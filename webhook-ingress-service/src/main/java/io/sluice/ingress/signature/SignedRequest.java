package io.sluice.ingress.signature;

import java.util.Map;
import java.util.Set;

/**
 * A call signed as its sender would.
 *
 * @param headers to set, over those of the same names
 * @param query the whole query string, as it is to be sent
 * @param body as it is to be sent
 * @param secretPlaces what holds the secret in clear and must be masked wherever the request is shown: {@code
 *     header:<name>}, {@code query:<name>} or {@code body:<name>}
 */
public record SignedRequest(Map<String, String> headers, String query, byte[] body, Set<String> secretPlaces) {

    public SignedRequest {
        headers = Map.copyOf(headers);
        secretPlaces = Set.copyOf(secretPlaces);
    }

    /** Only headers are added, and none of them is the secret. */
    static SignedRequest of(SignedCall call, Map<String, String> headers) {
        return new SignedRequest(headers, call.query(), call.body(), Set.of());
    }
}
