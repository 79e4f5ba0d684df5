package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;

/** The one way out for flows: checks the address, authenticates, bounds, and logs without secrets. */
public final class GuardedHttp implements HttpSender {

    private final VertxExchange exchange;
    private final Authenticator authenticator;

    private static final int LONGEST_URL = 16_384;

    public GuardedHttp(VertxExchange exchange, InstantSource clock) {
        this.exchange = exchange;
        this.authenticator = new Authenticator(new AccessTokens(this, clock));
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        checked(call.url());
        long begun = System.nanoTime();
        HttpCall authenticated = authenticator.authenticated(call);
        HttpAnswer answer = exchanged(authenticated.within(left(call, begun)));
        // A token may be revoked before its time: one new one, then the answer stands.
        if (answer.status() != 401 || !authenticator.forgetToken(authenticated)) {
            return answer;
        }
        answer.close();
        HttpCall again = authenticator.authenticated(call.within(left(call, begun)));
        return exchanged(again.within(left(call, begun)));
    }

    /** The time of a call is for its token, too, and for a second try with a new one. */
    private static Duration left(HttpCall call, long begun) {
        Duration left = call.timeout().minusNanos(System.nanoTime() - begun);
        if (!left.isPositive()) {
            throw new HttpFailure(
                    HttpFailure.Reason.TIMEOUT, "the call and its token took longer than " + call.timeout());
        }
        return left;
    }

    private HttpAnswer exchanged(HttpCall authenticated) {
        Masking masking = masking(authenticated);
        HttpRequestLog sent = new HttpRequestLog(
                authenticated.method(),
                masking.url(authenticated.url()),
                masking.headers(authenticated.headers()),
                LoggedBody.of(authenticated.body(), authenticated.headers(), masking),
                authenticated.body() == null ? 0 : authenticated.body().length);
        try {
            Headers.check(authenticated.headers());
            return answer(exchange.exchange(authenticated, checked(authenticated.url())), sent, masking);
        } catch (HttpFailure e) {
            throw e.about(sent, masking);
        }
    }

    private static HttpAnswer answer(VertxExchange.Received received, HttpRequestLog sent, Masking masking) {
        boolean made = false;
        try {
            HttpResponseLog response = new HttpResponseLog(
                    received.status(),
                    masking.headers(received.headers()),
                    LoggedBody.of(received.body(), received.headers(), masking),
                    received.body().length);
            HttpAnswer answer = new HttpAnswer(
                    received.status(), received.headers(), received.body(), sent, response, received.share()::close);
            made = true;
            return answer;
        } finally {
            if (!made) {
                // Nobody else knows of the memory that it holds.
                received.share().close();
            }
        }
    }

    /** @throws HttpFailure when it is not a URL that flows may call */
    static URI checked(String url) {
        URI uri;
        if (url.length() > LONGEST_URL) {
            throw new HttpFailure(
                    HttpFailure.Reason.INVALID_URL, "the URL is longer than " + LONGEST_URL + " characters");
        }
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // Not its message, which repeats the URL with whatever secret stands in the query.
            throw new HttpFailure(
                    HttpFailure.Reason.INVALID_URL, "not a URL: " + e.getReason() + " at character " + e.getIndex());
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

    /** Hides this call's secrets and those of the run's earlier calls, and remembers the former for the latter. */
    private static Masking masking(HttpCall call) {
        Set<String> secrets = call.caller().secrets();
        call.credential()
                .ifPresent(credential -> secrets.addAll(credential.secrets().values()));
        call.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Authorization") && value.indexOf(' ') > 0) {
                secrets.add(value.substring(value.indexOf(' ') + 1));
            }
        });
        return new Masking(
                secrets, call.credential().map(Credential::secretHeaders).orElse(Set.of()));
    }
}
