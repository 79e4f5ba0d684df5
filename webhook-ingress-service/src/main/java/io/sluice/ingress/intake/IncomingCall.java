package io.sluice.ingress.intake;

import io.sluice.ingress.signature.SignedCall;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as it came.
 *
 * @param url public URL with its token and query, as the sender knows it
 * @param query without its question mark; empty when there is none
 * @param headers names in small letters, each with all its values
 * @param body the exact bytes
 * @param sender the caller's address; null when no trusted proxy tells it
 */
public record IncomingCall(
        String method,
        String url,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        @Nullable String sender,
        Instant receivedAt) {

    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    public String contentType() {
        return header("content-type");
    }

    /** The media type alone, in small letters. */
    String mediaType() {
        return contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Size of the body by its header; 0 when that says nothing. */
    long announcedBytes() {
        String length = header("content-length");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    SignedCall signed() {
        return new SignedCall(method, url, headers, body);
    }

    /** The same with another body, such as the unpacked one. */
    IncomingCall withBody(byte[] other) {
        return new IncomingCall(method, url, query, headers, other, sender, receivedAt);
    }

    @Override
    public String toString() {
        return "IncomingCall[" + method + ", " + body.length + " bytes]";
    }
}
