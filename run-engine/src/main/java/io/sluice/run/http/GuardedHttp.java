package io.sluice.run.http;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;

/** The one way out for flows: checks the address, authenticates, bounds, and logs without secrets. */
public final class GuardedHttp implements HttpSender {

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
        if (answer.status() != 401 || !authenticator.forgetToken(authenticated)) {
            return answer;
        }
        answer.close();
        return exchanged(authenticator.authenticated(call));
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
            VertxExchange.Received received = exchange.exchange(authenticated, checked(authenticated.url()));
            HttpResponseLog response = new HttpResponseLog(
                    received.status(),
                    masking.headers(received.headers()),
                    LoggedBody.of(received.body(), received.headers(), masking),
                    received.body().length);
            return new HttpAnswer(
                    received.status(), received.headers(), received.body(), sent, response, received.share()::close);
        } catch (HttpFailure e) {
            throw e.about(sent, masking);
        }
    }

    /** @throws HttpFailure when it is not a URL that flows may call */
    static URI checked(String url) {
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
