package io.sluice.scheduler.schedule;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes whoever sleeps until the next instant: a schedule was changed, here or on another replica. */
@Singleton
public class Alarm {

    private final Semaphore rings = new Semaphore(0);

    public void ring() {
        rings.release();
    }

    /**
     * Sleeps until it rings, or for so long. Rings that came before are heard once.
     *
     * @return whether it rang
     */
    public boolean sleep(Duration most) throws InterruptedException {
        boolean rang = rings.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
        if (rang) {
            rings.drainPermits();
        }
        return rang;
    }
}
