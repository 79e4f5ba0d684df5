package io.sluice.integrations.ui;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long something took, in words that are short enough for a column. */
final class Took {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Took() {}

    static String words(long millis) {
        if (millis < SECOND) {
            return Math.max(0, millis) + " ms";
        }
        if (millis < MINUTE) {
            // Cut, not rounded: nothing takes 60.0 s.
            return millis / SECOND + "." + millis % SECOND / 100 + " s";
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min " + millis % MINUTE / SECOND + " s";
        }
        return millis / HOUR + " h " + millis % HOUR / MINUTE + " min";
    }

    /** Empty while there is no beginning. */
    static String between(@Nullable Instant from, Instant to) {
        return from == null ? "" : words(Duration.between(from, to).toMillis());
    }
}
