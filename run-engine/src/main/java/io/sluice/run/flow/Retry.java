package io.sluice.run.flow;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a caught error is retried.
 *
 * @param maxAttempts attempts after the first, 1 to 20
 * @param maxDuration no new attempt after this long
 * @param jitterFrom least random addition to each delay
 * @param jitterTo most random addition to each delay
 */
public record Retry(
        Duration delay,
        Backoff backoff,
        int maxAttempts,
        @Nullable Duration maxDuration,
        Duration jitterFrom,
        Duration jitterTo) {

    /** Most attempts that a flow may ask for. */
    public static final int MOST_ATTEMPTS = 20;

    private static final Duration LONGEST = Duration.ofHours(1);

    /** How the delay grows. */
    public enum Backoff {
        CONSTANT,
        LINEAR,
        EXPONENTIAL
    }

    /**
     * The pause before an attempt.
     *
     * @param attempt 1 for the first retry
     */
    public Duration pause(int attempt, RandomGenerator random) {
        Duration grown = switch (backoff) {
            case CONSTANT -> delay;
            case LINEAR -> delay.multipliedBy(attempt);
            case EXPONENTIAL -> delay.multipliedBy(1L << Math.min(attempt - 1, 20));
        };
        long spread = jitterTo.minus(jitterFrom).toMillis();
        Duration jitter = jitterFrom.plusMillis(spread <= 0 ? 0 : random.nextLong(spread + 1));
        Duration pause = grown.plus(jitter);
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
