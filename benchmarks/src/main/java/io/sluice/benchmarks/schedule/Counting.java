package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Waiting;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What goes on in this process, counted over a time. */
final class Counting {

    private Counting() {}

    static double perSecond(LongAdder counter, Duration warmUp, Duration time) {
        Waiting.pause(warmUp);
        long before = counter.sum();
        long start = System.nanoTime();
        Waiting.pause(time);
        return (counter.sum() - before) / ((System.nanoTime() - start) / 1e9);
    }
}
