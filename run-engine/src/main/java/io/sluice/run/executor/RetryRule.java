package io.sluice.run.executor;

import io.sluice.contract.integration.RetryPolicy;
import io.sluice.contract.run.RunError;
import io.sluice.run.step.StepFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a run that failed is tried again.
 *
 * @param attempts in all
 * @param backoff before the second; doubled before each further one up to {@code longest}
 * @param on what may pass; null for what the step itself says of its failure
 */
record RetryRule(
        int attempts,
        Duration backoff,
        Duration longest,
        @Nullable List<String> on) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** The integration's own, and the deployment's where it says nothing. */
    static RetryRule of(@Nullable RetryPolicy own, int attempts, Duration backoff) {
        if (own == null) {
            return new RetryRule(attempts, backoff, LONGEST, null);
        }
        return new RetryRule(
                own.attempts() == null ? attempts : own.attempts(),
                own.backoff() == null ? backoff : own.backoff(),
                own.maxBackoff() == null ? LONGEST : own.maxBackoff(),
                own.on());
    }

    /** The pause before the next attempt; empty when this was the last. */
    Optional<Duration> pause(int attempt, StepFailure failure) {
        boolean mayPass = on == null ? failure.retriable() : matches(failure.error());
        return mayPass ? pause(attempt, failure.retryAfter()) : Optional.empty();
    }

    /** The same for a fault of ours. */
    Optional<Duration> pause(int attempt, RunError error) {
        return on == null || matches(error) ? pause(attempt, Optional.empty()) : Optional.empty();
    }

    private Optional<Duration> pause(int attempt, Optional<Duration> asked) {
        if (attempt >= attempts) {
            return Optional.empty();
        }
        Duration grown = backoff.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration pause = grown.compareTo(longest) > 0 ? longest : grown;
        // What the target asks for is kept even where it is longer than the longest.
        return Optional.of(asked.filter(wanted -> wanted.compareTo(pause) > 0).orElse(pause));
    }

    private boolean matches(RunError error) {
        String status = String.valueOf(error.status());
        return on != null
                && on.stream()
                        .anyMatch(word -> word.equals(error.code())
                                || (error.code().equals("http-status")
                                        && (word.equals(status)
                                                || (word.endsWith("xx") && word.charAt(0) == status.charAt(0)))));
    }
}
