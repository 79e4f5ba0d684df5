package io.sluice.ingress.signature;

import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.HttpSender;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys as issuers publish them (RFC 7517), kept for a while. */
@Singleton
public class JwksKeys implements IssuerKeys {

    /** URLs are the owners' own. Bounds memory where very many have different ones. */
    private static final int MOST_ISSUERS = 500;

    private final JwksFetch fetch;
    private final InstantSource clock;
    private final Map<String, IssuerSlot> issuers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IssuerSlot> eldest) {
            return size() > MOST_ISSUERS;
        }
    };

    /** Past the pace and circuit of flows: a webhook's verification must not wait for a tenant's runs. */
    @Inject
    public JwksKeys(GuardedHttp http, InstantSource clock) {
        this((HttpSender) http, clock);
    }

    /** @param sender the guarded way out: the URL is a user-given one like others */
    JwksKeys(HttpSender sender, InstantSource clock) {
        this.fetch = new JwksFetch(sender, Duration.ofSeconds(5));
        this.clock = clock;
    }

    @Override
    public Found find(String jwksUrl, @Nullable String keyId) {
        return slot(jwksUrl).find(keyId, () -> fetch.keys(jwksUrl), clock);
    }

    private IssuerSlot slot(String jwksUrl) {
        synchronized (issuers) {
            return issuers.computeIfAbsent(jwksUrl, url -> new IssuerSlot());
        }
    }
}
