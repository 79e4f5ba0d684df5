package io.sluice.run.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Values that are made when first asked for and forgotten when nobody has asked for long, once there are many. */
final class Recent<K, V> {

    private static final int MANY = 10_000;

    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration life;

    /** @param life how long a value surely lives on after it was asked for */
    Recent(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    V get(K key, Supplier<V> make) {
        Instant now = clock.instant();
        Kept<V> entry =
                kept.compute(key, (same, before) -> new Kept<>(before == null ? make.get() : before.value(), now));
        if (kept.size() > MANY) {
            kept.values().removeIf(other -> other.asked().plus(life).isBefore(now));
        }
        return entry.value();
    }

    private record Kept<V>(V value, Instant asked) {}
}
