package io.sluice.run.http;

import io.sluice.contract.connection.CallRate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls are held back where their connection does not say it.
 *
 * @param maxConcurrent calls at once to a host, of one tenant or with one connection
 * @param rate of calls to a host that use no connection, or null
 */
public record GateSettings(int maxConcurrent, @Nullable CallRate rate, CircuitSettings circuit) {

    public GateSettings {
        if (maxConcurrent < 1) {
            throw new IllegalArgumentException("at least one call at once must be allowed");
        }
        if (rate != null && (rate.requests() < 1 || rate.per().compareTo(Duration.ofSeconds(1)) < 0)) {
            throw new IllegalArgumentException("a rate is at least one call, in at least a second");
        }
    }
}
