package io.sluice.ingress.intake;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets event ids whose window is over. */
@ApplicationScoped
class ForgetJob {

    private final CallStore calls;

    ForgetJob(CallStore calls) {
        this.calls = calls;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        int forgotten;
        do {
            forgotten = calls.forgetExpired();
        } while (forgotten > 0);
    }
}
