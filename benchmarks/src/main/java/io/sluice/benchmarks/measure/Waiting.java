package io.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Waits; whoever interrupts a benchmark ends it. */
public final class Waiting {

    private Waiting() {}

    /** @throws IllegalStateException when it failed */
    public static void until(Future<?> done) {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the measured work failed", e.getCause());
        }
    }

    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @throws IllegalStateException when it is not so within the time */
    public static void until(BooleanSupplier condition, Duration look, Duration longest, String what) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(what + " not within " + longest);
            }
            pause(look);
        }
    }
}
