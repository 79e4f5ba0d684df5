package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one way out for flows: checks the address, authenticates, bounds, and logs without secrets. */
public final class GuardedHttp implements HttpSender {

    /** Longest body in a log, bytes. */
    public static final int LOGGED_BODY_BYTES = 64 * 1024;

    private final VertxExchange exchange;
    private final Authenticator authenticator;

    public GuardedHttp(VertxExchange exchange, InstantSource clock) {
        this.exchange = exchange;
        this.authenticator = new Authenticator(new AccessTokens(this, clock));
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        checked(call.url());
        HttpCall authenticated = authenticator.authenticated(call);
        HttpAnswer answer = exchanged(authenticated);
        // A token may be revoked before its time: one new one, then the answer stands.
        return answer.status() == 401 && authenticator.forgetToken(authenticated)
                ? exchanged(authenticator.authenticated(call))
                : answer;
    }

    private HttpAnswer exchanged(HttpCall authenticated) {
        Masking masking = new Masking(secrets(authenticated));
        HttpRequestLog sent = new HttpRequestLog(
                authenticated.method(),
                masking.text(authenticated.url()),
                masking.headers(authenticated.headers()),
                logged(authenticated.body(), masking),
                authenticated.body() == null ? 0 : authenticated.body().length);
        try {
            VertxExchange.Received received = exchange.exchange(authenticated, checked(authenticated.url()));
            HttpResponseLog response = new HttpResponseLog(
                    received.status(),
                    masking.headers(received.headers()),
                    logged(received.body(), masking),
                    received.body().length);
            return new HttpAnswer(received.status(), received.headers(), received.body(), sent, response);
        } catch (HttpFailure e) {
            throw e.about(sent);
        }
    }

    private static URI checked(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Reason.INVALID_URL, "not a URL: " + e.getMessage(), null, e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new HttpFailure(HttpFailure.Reason.INVALID_URL, "only http and https URLs are called");
        }
        if (uri.getHost() == null || uri.getPort() > 65_535 || uri.getPort() == 0) {
            throw new HttpFailure(HttpFailure.Reason.INVALID_URL, "the URL has no valid host or port");
        }
        if (uri.getRawUserInfo() != null) {
            throw new HttpFailure(
                    HttpFailure.Reason.INVALID_URL, "a URL must not carry a user name; use a connection instead");
        }
        return uri;
    }

    private static List<String> secrets(HttpCall call) {
        List<String> secrets = new ArrayList<>();
        call.credential()
                .ifPresent(credential -> secrets.addAll(credential.secrets().values()));
        call.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Authorization") && value.indexOf(' ') > 0) {
                secrets.add(value.substring(value.indexOf(' ') + 1));
            }
        });
        return secrets;
    }

    private static @Nullable String logged(byte @Nullable [] body, Masking masking) {
        if (body == null || body.length == 0) {
            return null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0) {
            int shown = Math.min(body.length, 256);
            return "(binary, base64 of the first " + shown + " bytes) "
                    + Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(body, shown));
        }
        // Masked before it is cut: a secret across the cut would stay readable in part.
        String masked = masking.body(text);
        return masked.length() <= LOGGED_BODY_BYTES ? masked : masked.substring(0, LOGGED_BODY_BYTES) + "… (cut)";
    }

    /** Names in small letters, as HTTP/2 has them. */
    static Map<String, String> lowerCased(Iterable<Map.Entry<String, String>> headers) {
        Map<String, String> result = new java.util.LinkedHashMap<>();
        headers.forEach(header -> result.merge(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (first, second) -> first + ", " + second));
        return result;
    }
}
