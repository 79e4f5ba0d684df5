package io.sluice.system.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Call random URLs at a rate, several at a time on each connection, whatever the answers. */
public final class Guessers {

    private static final int CONNECTIONS = 64;
    private static final int AT_ONCE = 10;
    private static final int TOKEN_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final URI service;
    private final int bursts;
    private final long nanosBetween;
    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final LongAdder broken = new LongAdder();
    private volatile long seconds;

    public Guessers(URI service, int rate, int seconds) {
        this.service = service;
        this.bursts = rate * seconds / CONNECTIONS / AT_ONCE;
        this.nanosBetween = seconds * 1_000_000_000L / bursts;
    }

    public CompletableFuture<Void> start() {
        CompletableFuture<?>[] all = new CompletableFuture<?>[CONNECTIONS];
        long start = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            long first = start + i * nanosBetween / CONNECTIONS;
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread.ofVirtual().name("guesser-" + i).start(() -> {
                guess(first);
                end.complete(null);
            });
            all[i] = end;
        }
        return CompletableFuture.allOf(all).thenRun(() -> seconds = (System.nanoTime() - start) / 1_000_000_000);
    }

    private void guess(long first) {
        try (WireConnection connection = WireConnection.open(service)) {
            for (int burst = 0; burst < bursts; burst++) {
                for (long early = first + burst * nanosBetween - System.nanoTime();
                        early > 0;
                        early = first + burst * nanosBetween - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                connection.write(requests());
                for (int i = 0; i < AT_ONCE; i++) {
                    statuses.computeIfAbsent(connection.read().status(), _ -> new LongAdder())
                            .increment();
                }
            }
        } catch (IOException _) {
            broken.increment();
        }
    }

    private byte[] requests() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < AT_ONCE; i++) {
            byte[] token = new byte[TOKEN_BYTES];
            RANDOM.nextBytes(token);
            text.append("POST /webhook/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n"
                    .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(token), service.getAuthority()));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public Map<Integer, Long> statuses() {
        Map<Integer, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** Connections that ended before their time. */
    public long broken() {
        return broken.sum();
    }

    @Override
    public String toString() {
        long all = statuses().values().stream().mapToLong(Long::longValue).sum();
        return "%d random URLs in %d s (%d a second), by status %s"
                .formatted(all, seconds, all / Math.max(1, seconds), statuses());
    }
}
