package io.sluice.run.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP call as a flow wants it, before authentication.
 *
 * @param url with the query string
 * @param body bytes to send
 * @param timeout longest time for the whole exchange
 */
public record HttpCall(
        String method,
        String url,
        Map<String, String> headers,
        byte @Nullable [] body,
        Optional<Credential> credential,
        Duration timeout) {

    /** Whether the call may change something at the target. */
    public boolean writes() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
