package io.sluice.run.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * Holds calls back while their target does not answer, so that runs wait in the queue instead of burning their
 * attempts. Closed until failures follow each other; then open for a pause; then one call probes while the others
 * wait, and its end closes the circuit or opens it for twice as long.
 *
 * <p>In memory and of this replica alone: each replica finds out by itself, and a restart begins closed.
 */
final class Circuit {

    /** How long those wait who find a probe under way. */
    private static final Duration PROBING = Duration.ofSeconds(2);

    /** Runs that were held back together must not come back together: this much of their delay is spread. */
    private static final double SPREAD = 0.25;

    private sealed interface State {
        record Closed(int failures) implements State {}

        record Open(Instant until, Duration pause, String why) implements State {}

        record HalfOpen(boolean probing, Duration pause, String why) implements State {}
    }

    /**
     * Leave to make one call, to be ended by {@link #ended}.
     *
     * @param probe whether the circuit waits for how it ends
     */
    record Pass(boolean probe) {}

    /** How a call ended, as far as it tells something of the target. */
    sealed interface End {
        /** It answered, be it with a refusal. */
        record Answered() implements End {}

        /** It did not, or says that it cannot. */
        record Failed(String why) implements End {}

        /** It asks to be left alone. */
        record Busy(Duration pause, String why) implements End {}

        /** The call says nothing of the target: it was cancelled, or not even made. */
        record Unknown() implements End {}
    }

    private final CircuitSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private State state = new State.Closed(0);

    Circuit(CircuitSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Looks whether a call would pass, and changes nothing.
     *
     * @throws HeldBack when it would not
     */
    synchronized void check() {
        switch (state) {
            case State.Closed _ -> {}
            case State.Open open -> {
                Duration left = Duration.between(clock.instant(), open.until());
                if (left.isPositive()) {
                    throw held(left, "is open until " + open.until().truncatedTo(ChronoUnit.SECONDS), open.why());
                }
            }
            case State.HalfOpen half -> {
                if (half.probing()) {
                    throw held(PROBING, "is half open, and one call tries the target now", half.why());
                }
            }
        }
    }

    /** @throws HeldBack when the call must not be made now */
    synchronized Pass enter() {
        check();
        switch (state) {
            case State.Closed _ -> {
                return new Pass(false);
            }
            case State.Open(var _, var pause, var why) -> state = new State.HalfOpen(true, pause, why);
            case State.HalfOpen(var _, var pause, var why) -> state = new State.HalfOpen(true, pause, why);
        }
        return new Pass(true);
    }

    synchronized void ended(Pass pass, End end) {
        switch (end) {
            case End.Answered _ -> {
                if (counts(pass)) {
                    state = new State.Closed(0);
                }
            }
            case End.Failed(var why) -> failed(pass, why);
            case End.Busy(var pause, var why) -> {
                if (pause.isPositive()) {
                    busy(pause, why);
                } else {
                    unknown(pass);
                }
            }
            case End.Unknown _ -> unknown(pass);
        }
    }

    /** The next call may try the target: a probe that told nothing must not be the last one. */
    private void unknown(Pass pass) {
        if (pass.probe() && state instanceof State.HalfOpen(var _, var pause, var why)) {
            state = new State.HalfOpen(false, pause, why);
        }
    }

    /** What began before the circuit opened says nothing of how its target fares since. */
    private boolean counts(Pass pass) {
        return pass.probe() || state instanceof State.Closed;
    }

    private void failed(Pass pass, String why) {
        switch (state) {
            case State.Closed(var failures) -> {
                boolean opens = settings.failures() > 0 && failures + 1 >= settings.failures();
                state = opens ? open(settings.firstPause(), why) : new State.Closed(failures + 1);
            }
            case State.HalfOpen(var _, var pause, var _) -> {
                if (pass.probe()) {
                    state = open(shorter(pause.multipliedBy(2), settings.longestPause()), why);
                }
            }
            case State.Open _ -> {}
        }
    }

    /** At once and exactly as long as it asks, whatever was before. */
    private void busy(Duration pause, String why) {
        if (settings.failures() == 0) {
            return;
        }
        Instant until = clock.instant().plus(pause);
        if (!(state instanceof State.Open open && open.until().isAfter(until))) {
            state = new State.Open(until, settings.firstPause(), why);
        }
    }

    private State open(Duration pause, String why) {
        return new State.Open(clock.instant().plus(pause), pause, why);
    }

    private HeldBack held(Duration delay, String standing, String why) {
        Duration spread = Duration.ofMillis((long) ((delay.toMillis() * SPREAD + 500) * random.nextDouble()));
        return new HeldBack(delay.plus(spread), "the circuit " + standing + ": last error: " + why);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
