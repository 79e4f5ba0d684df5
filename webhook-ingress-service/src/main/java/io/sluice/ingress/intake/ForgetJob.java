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

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        calls.forgetExpired();
    }
}
