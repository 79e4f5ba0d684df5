package io.sluice.run.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
}
