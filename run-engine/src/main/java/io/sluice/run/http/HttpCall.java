package io.sluice.run.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP call as a flow wants it, before authentication.
 *
 * @param url with the query string
 * @param body bytes to send
 * @param timeout longest time for the whole exchange
 * @param caller whose limits it counts against, and which secrets its log must not show
 */
public record HttpCall(
        String method,
        String url,
        Map<String, String> headers,
        byte @Nullable [] body,
        Optional<Credential> credential,
        Duration timeout,
        Caller caller) {

    /** A call of nobody in particular, such as for a token. */
    public HttpCall(
            String method,
            String url,
            Map<String, String> headers,
            byte @Nullable [] body,
            Optional<Credential> credential,
            Duration timeout) {
        this(method, url, headers, body, credential, timeout, Caller.nobody());
    }

    /** The same with further headers, which win over its own. */
    public HttpCall withMoreHeaders(Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(added);
        return withHeaders(all);
    }

    /** Whether the call may change something at the target. */
    public boolean writes() {
        return isWrite(method);
    }

    /** Whether a call by this method may change something at the target. */
    public static boolean isWrite(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    /** The same call, made for a tenant. */
    public HttpCall forTenant(String tenant) {
        return new HttpCall(
                method, url, headers, body, credential, timeout, new Caller(tenant, caller.secrets(), caller.ahead()));
    }

    HttpCall withHeaders(Map<String, String> others) {
        return new HttpCall(method, url, others, body, credential, timeout, caller);
    }

    HttpCall withUrl(String other) {
        return new HttpCall(method, other, headers, body, credential, timeout, caller);
    }

    HttpCall within(Duration time) {
        return new HttpCall(method, url, headers, body, credential, time, caller);
    }
}
