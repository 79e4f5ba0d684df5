package io.sluice.benchmarks.schedule;

import java.time.Duration;

/** What is compared: schedules in a database of their own, of which more are due all the time than can be fired. */
interface Firer extends AutoCloseable {

    /** Threads that execute what was fired, for all subjects: the default of a replica. */
    int WORKERS = 64;

    /** Each schedule's interval: longer than it takes to fire all, so that nobody has to tell of missed ones. */
    Duration EVERY = Duration.ofMinutes(10);

    /**
     * What happened in the measured time; what a subject does not have is NaN.
     *
     * @param fired a second, each with its next instant set
     * @param ended runs that came to their end, a second
     * @param missed instants that were told as missed, a second
     * @param open runs that had not ended when the time was over
     */
    record Found(double fired, double ended, double missed, double open) {

        static Found ofPeer(double fired) {
            return new Found(fired, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    /** Begins to fire, and measures after the warm-up. Once only. */
    Found measure(Duration warmUp, Duration time);

    @Override
    void close();
}
