package io.sluice.run.step;

import java.time.Duration;

/** Sleeps as long as a run's bounds allow. */
final class Pause {

    private Pause() {}

    static void sleep(Duration duration, RunControl control) {
        Duration left = control.left();
        // A little past the deadline, so that the check afterwards sees it over.
        Duration sleep = duration.compareTo(left) > 0 ? left.plusMillis(1) : duration;
        boolean slept = control.interruptibly(() -> {
            try {
                Thread.sleep(sleep);
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        });
        control.check();
        if (!slept) {
            throw new RunStopped.LeaseLost();
        }
    }
}
