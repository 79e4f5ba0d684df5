package io.sluice.run.http;

import io.sluice.contract.connection.CallRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Spaces calls so that a rate is kept: the generic cell rate algorithm, a token bucket that needs no refilling. It also
 * knows when the next call is due, which is what those are told that come back later.
 */
final class Pace {

    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

    private final Duration interval;
    private final Duration burst;
    private Instant next = Instant.MIN;
    private Instant nextReturn = Instant.MIN;

    Pace(CallRate rate) {
        this.interval = rate.per().dividedBy(rate.requests());
        // A tenth of the period's calls may come at once; with more, a period could see twice what it may.
        this.burst = interval.multipliedBy(Math.max(1, rate.requests() / 10) - 1);
    }

    /** Takes the next place, which begins after the returned wait; nothing when that is longer than one has patience. */
    synchronized Optional<Duration> take(Instant now, Duration patience) {
        Duration wait = wait(now);
        if (wait.compareTo(patience) > 0) {
            return Optional.empty();
        }
        next = later(next, now).plus(interval);
        return Optional.of(wait);
    }

    /** When somebody who got no place may try again: each a little later than the one before, or all came at once. */
    synchronized Duration comeBack(Instant now) {
        Instant earliest = now.plus(wait(now));
        Instant latest = now.plus(LONGEST_ABSENCE);
        nextReturn = later(nextReturn, earliest).plus(interval);
        if (nextReturn.isAfter(latest)) {
            nextReturn = earliest.plus(interval);
        }
        return Duration.between(now, nextReturn);
    }

    private Duration wait(Instant now) {
        if (next.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(now, next.minus(burst));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
