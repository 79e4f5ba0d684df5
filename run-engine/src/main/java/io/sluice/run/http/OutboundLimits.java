package io.sluice.run.http;

import java.time.Duration;

/**
 * Bounds of every call.
 *
 * @param connectTimeout for the connection with its handshake
 * @param readTimeout longest silence of the target
 * @param maxResponseBytes after decompression
 * @param bodiesInFlight bytes that all bodies of the process may hold together
 */
public record OutboundLimits(
        Duration connectTimeout, Duration readTimeout, int maxResponseBytes, long bodiesInFlight) {}
