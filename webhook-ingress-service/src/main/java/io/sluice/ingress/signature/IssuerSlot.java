package io.sluice.ingress.signature;

import io.sluice.run.http.HttpFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/** One issuer's keys: fetched by one caller at a time, and no oftener than others' tokens should make us. */
final class IssuerSlot {

    private static final Duration LIFE = Duration.ofMinutes(10);

    /** Keys outlive their time while the issuer is away: but not for ever, since one may have been revoked. */
    private static final Duration LIFE_WITHOUT_ISSUER = Duration.ofHours(1);

    /** Anyone can make up the name of a key: it must not make us ask each time. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Held held;
    private @Nullable Instant next;
    private @Nullable String failure;

    private record Held(List<JsonWebKey> keys, Instant at) {

        boolean isUsable(@Nullable String keyId, Instant now, Duration life) {
            return now.isBefore(at.plus(life))
                    && (keyId == null || keys.stream().anyMatch(key -> keyId.equals(key.getKeyId())));
        }
    }

    /** @param fetch throws {@link HttpFailure} */
    IssuerKeys.Found find(@Nullable String keyId, Supplier<List<JsonWebKey>> fetch, InstantSource clock) {
        Held known = held;
        if (known != null && known.isUsable(keyId, clock.instant(), LIFE)) {
            return new IssuerKeys.Found.Keys(known.keys());
        }
        try {
            if (!lock.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new IssuerKeys.Found.Unavailable("the issuer's keys do not come in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IssuerKeys.Found.Unavailable("interrupted while waiting for the issuer's keys");
        }
        try {
            return renewed(keyId, fetch, clock);
        } finally {
            lock.unlock();
        }
    }

    private IssuerKeys.Found renewed(@Nullable String keyId, Supplier<List<JsonWebKey>> fetch, InstantSource clock) {
        Held known = held;
        Instant now = clock.instant();
        boolean fresh = known != null && known.isUsable(keyId, now, LIFE);
        if (!fresh && (next == null || !now.isBefore(next))) {
            known = fetched(known, fetch, now);
        }
        if (known != null && known.isUsable(keyId, now, LIFE_WITHOUT_ISSUER)) {
            return new IssuerKeys.Found.Keys(known.keys());
        }
        if (failure != null || known == null) {
            return new IssuerKeys.Found.Unavailable("the issuer's keys cannot be fetched: " + failure);
        }
        return new IssuerKeys.Found.Keys(known.keys());
    }

    private @Nullable Held fetched(@Nullable Held before, Supplier<List<JsonWebKey>> fetch, Instant now) {
        try {
            Held fresh = new Held(fetch.get(), now);
            held = fresh;
            failure = null;
            next = now.plus(PAUSE);
            return fresh;
        } catch (HttpFailure | CancellationException e) {
            failure = e.getMessage();
            next = now.plus(PAUSE_AFTER_FAILURE);
            return before;
        }
    }
}
