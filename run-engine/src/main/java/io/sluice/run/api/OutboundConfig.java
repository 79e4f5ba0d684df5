package io.sluice.run.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.sluice.contract.connection.CallRate;
import io.sluice.run.http.CircuitSettings;
import io.sluice.run.http.GateSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What flows may call, and how long they may wait. */
@ConfigMapping(prefix = "sluice.outbound")
public interface OutboundConfig {

    /**
     * Addresses that are not public and may be called all the same: addresses, CIDR ranges or host names, each with an
     * optional port, such as {@code 10.1.0.0/16} or {@code erp.internal:8443}. Everything public is allowed anyway.
     */
    Optional<List<String>> allow();

    /** Longest time to connect, with the TLS handshake. */
    @WithDefault("10s")
    Duration connectTimeout();

    /** Longest silence of a target. */
    @WithDefault("60s")
    Duration readTimeout();

    /** Largest response, bytes, after decompression. A larger one is cut off and fails the step. */
    @WithDefault("10485760")
    int maxResponseBytes();

    /**
     * Memory for the bodies of all calls under way on this replica, requests and responses together, as they are on the
     * wire. Calls that find none wait for it within their run's time. The default suits a heap of 512 MB; keep it at a
     * quarter of the heap, for a body that is read into data takes several times its size for a while.
     */
    @WithDefault("128M")
    MemorySize bodiesInFlight();

    /** What one host takes of us, where its connection does not say it. */
    Limits limits();

    /** When calls are held back because their target does not answer. */
    CircuitBreaker circuit();

    /** Bounds of calls to one host, on this replica. Runs that find no place within a second wait in the queue. */
    interface Limits {

        /** Most calls at once, of one tenant without a connection, or with one connection that states no number. */
        @WithDefault("64")
        int maxConcurrent();

        /** Most calls of one tenant without a connection, in the time that {@code per} states. Without it, any number. */
        OptionalInt requests();

        /** The time that {@code requests} is about, at least 1 s. */
        @WithDefault("1m")
        Duration per();
    }

    /**
     * The circuit of each connection; of each tenant and host for calls without one. It is kept in memory, by each
     * replica for itself. While it is open, runs wait in the queue, which costs them no attempt.
     */
    interface CircuitBreaker {

        /** Whether there is one. Without it, runs that call a dead target use up their attempts. */
        @WithDefault("true")
        boolean enabled();

        /** Calls without an answer, or with one of 5xx other than 501, that must follow each other for it to open. */
        @WithDefault("10")
        int failures();

        /** Time until one call may try the target again. A target's own Retry-After with a 429 stands instead. */
        @WithDefault("10s")
        Duration firstPause();

        /** Bound of the pause, which doubles with each try in vain. */
        @WithDefault("5m")
        Duration longestPause();
    }

    /** The same for the engine. */
    default GateSettings gates() {
        OptionalInt requests = limits().requests();
        return new GateSettings(
                limits().maxConcurrent(),
                requests.isPresent() ? new CallRate(requests.getAsInt(), limits().per()) : null,
                circuit().enabled()
                        ? new CircuitSettings(
                                circuit().failures(),
                                circuit().firstPause(),
                                circuit().longestPause())
                        : CircuitSettings.OFF);
    }
}
