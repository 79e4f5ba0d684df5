package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Signed times: one that is too old is a replayed call, one in the future a wrong clock or a trick. */
final class Timestamps {

    private static final int DEFAULT_TOLERANCE = 300;

    private final InstantSource clock;

    Timestamps(InstantSource clock) {
        this.clock = clock;
    }

    /** @param seconds Unix time as text */
    boolean isNear(String seconds, Verification verification) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), clock.instant())
                .abs();
        int tolerance = verification.toleranceSeconds() == null ? DEFAULT_TOLERANCE : verification.toleranceSeconds();
        return off.compareTo(Duration.ofSeconds(tolerance)) <= 0;
    }

    /** Unix time as text. */
    String now() {
        return Long.toString(clock.instant().getEpochSecond());
    }
}
