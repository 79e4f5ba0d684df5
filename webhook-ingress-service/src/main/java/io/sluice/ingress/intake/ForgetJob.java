package io.sluice.ingress.intake;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets event ids whose window is over, and calls that are too old. */
@ApplicationScoped
class ForgetJob {

    private final CallStore calls;
    private final OtherCallAge others;

    ForgetJob(CallStore calls, OtherCallAge others) {
        this.calls = calls;
        this.others = others;
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        int forgotten;
        do {
            forgotten = calls.forgetExpired();
        } while (forgotten > 0);
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetCalls() {
        int forgotten;
        do {
            forgotten = others.forgetOld();
        } while (forgotten > 0);
    }
}
