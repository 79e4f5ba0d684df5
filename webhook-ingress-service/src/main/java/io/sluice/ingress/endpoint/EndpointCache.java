package io.sluice.ingress.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Open endpoints by their token. What is not open is looked up each time, so that a URL that is switched off takes as
 * long as one that never was; many such lookups go in one statement.
 */
@Singleton
public class EndpointCache {

    private static final int MOST = 50_000;

    private final Cache<String, Endpoint.Open> open =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final EndpointLookup lookup;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();

    EndpointCache(EndpointLookup lookup, InstantSource clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Where calls at a token go. Fails as the database does. */
    public CompletionStage<Endpoint> find(String token) {
        String sha256 = Tokens.sha256(token);
        Endpoint.Open cached = open.getIfPresent(sha256);
        if (cached != null && !isOver(cached)) {
            return CompletableFuture.completedFuture(cached);
        }
        if (cached != null) {
            // From now on like one that never was, in its time too, and while the database is away.
            open.invalidate(sha256);
        }
        if (!Tokens.isWellFormed(token)) {
            return CompletableFuture.completedFuture(new Endpoint.Closed());
        }
        long before = changes.get();
        return lookup.find(sha256).thenApply(found -> {
            if (found instanceof Endpoint.Open endpoint && isOver(endpoint)) {
                // The database's clock is behind.
                return new Endpoint.Closed();
            }
            // What changed meanwhile must not be remembered as it was.
            if (found instanceof Endpoint.Open endpoint && before == changes.get()) {
                open.put(sha256, endpoint);
                if (before != changes.get()) {
                    open.invalidate(sha256);
                }
            }
            return found;
        });
    }

    /** The endpoint behind a token whose scheme is one of these, even while it is disabled. */
    public CompletionStage<Endpoint> find(String token, Set<String> schemes) {
        return Tokens.isWellFormed(token)
                ? lookup.find(Tokens.sha256(token), schemes)
                : CompletableFuture.completedFuture(new Endpoint.Closed());
    }

    /** What these integrations were is not so any more. */
    void forget(List<UUID> integrations) {
        changes.incrementAndGet();
        Set<UUID> changed = Set.copyOf(integrations);
        open.asMap().values().removeIf(endpoint -> changed.contains(endpoint.integrationId()));
    }

    /** Whose endpoints are known without asking. */
    Set<UUID> integrations() {
        return open.asMap().values().stream().map(Endpoint.Open::integrationId).collect(Collectors.toSet());
    }

    void forgetAll() {
        changes.incrementAndGet();
        open.invalidateAll();
    }

    /** An open endpoint that was called before, without asking the database. */
    public Optional<Endpoint.Open> known(String token) {
        return Optional.ofNullable(open.getIfPresent(Tokens.sha256(token))).filter(endpoint -> !isOver(endpoint));
    }

    private boolean isOver(Endpoint.Open endpoint) {
        return endpoint.url().until() != null
                && !clock.instant().isBefore(endpoint.url().until());
    }
}
