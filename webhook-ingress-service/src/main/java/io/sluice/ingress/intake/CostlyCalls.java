package io.sluice.ingress.intake;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Works on calls that must not keep an event loop: a few at once, some that wait for their turn, and no more. Those that
 * may wait for the network are apart, so that a sender's slow key server holds up its like alone.
 */
@Singleton
class CostlyCalls {

    /** What a call asks of the thread that works on it. */
    enum Cost {
        LITTLE,
        MUCH,
        WAITS
    }

    private final ThreadPoolExecutor calculating;
    private final ThreadPoolExecutor waiting;

    CostlyCalls(IntakeConfig config) {
        this.calculating = executor("intake-call-", config);
        this.waiting = executor("intake-verify-", config);
    }

    private static ThreadPoolExecutor executor(String name, IntakeConfig config) {
        return new ThreadPoolExecutor(
                config.costlyCalls(),
                config.costlyCalls(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.costlyCallsWaiting()),
                Thread.ofVirtual().name(name, 0).factory());
    }

    /** @return whether it will be done; not when too many wait already */
    boolean offer(Cost cost, Runnable work) {
        try {
            switch (cost) {
                case LITTLE -> work.run();
                case MUCH -> calculating.execute(work);
                case WAITS -> waiting.execute(work);
            }
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @PreDestroy
    void stop() {
        calculating.shutdown();
        waiting.shutdown();
    }
}
