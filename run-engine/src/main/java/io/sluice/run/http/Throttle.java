package io.sluice.run.http;

import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.CallRate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Most calls at once and in a time, to one host for one connection. Of this replica alone. */
final class Throttle {

    /** When those come back who found all places taken: nobody knows how long the calls of others take. */
    private static final long COME_BACK_MILLIS = 2_000;

    private final int most;
    private final Semaphore places;
    private final Optional<CallRate> rate;
    private final Optional<Pace> pace;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param limits with a number of concurrent calls */
    Throttle(int most, CallLimits limits, InstantSource clock, RandomGenerator random) {
        this.most = most;
        this.places = new Semaphore(most, true);
        this.rate = Optional.ofNullable(limits.rate());
        this.pace = rate.map(Pace::new);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Takes a place, to be given back by {@link #leave}; waits a moment for it.
     *
     * @throws HeldBack when none is free within the patience, which counts for the place and the rate each
     * @throws CancellationException when the thread was interrupted
     */
    void enter(Duration patience) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HeldBack(
                        Duration.ofMillis(random.nextLong(COME_BACK_MILLIS, 2 * COME_BACK_MILLIS)),
                        most + " calls at once are under way, and more may not be");
            }
            boolean entered = false;
            try {
                pace(patience);
                entered = true;
            } finally {
                if (!entered) {
                    places.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    private void pace(Duration patience) throws InterruptedException {
        if (pace.isPresent()) {
            Optional<Duration> wait = pace.get().take(clock.instant(), patience);
            Thread.sleep(wait.orElseThrow(this::tooOften));
        }
    }

    private HeldBack tooOften() {
        CallRate kept = rate.orElseThrow();
        return new HeldBack(
                pace.orElseThrow().comeBack(clock.instant()),
                kept.requests() + " calls in " + kept.per() + " were made, and more may not be");
    }

    void leave() {
        places.release();
    }
}
