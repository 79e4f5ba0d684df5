package io.sluice.ingress.intake;

import java.util.List;
import java.util.Map;

/**
 * A call as it came.
 *
 * @param headers names in small letters, each with all its values
 * @param pathAndQuery as sent
 */
record IncomingCall(String token, String method, String pathAndQuery, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    String contentType() {
        return header("content-type");
    }

    /** The media type alone, in small letters. */
    String mediaType() {
        return contentType().split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
    }
}
