package io.sluice.ingress.intake;

import io.sluice.run.executor.Executor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

@ApplicationScoped
class RimProducer {

    @Produces
    @Singleton
    Inbox.Rim rim(Executor executor, IntakeConfig config, InstantSource clock) {
        return new Inbox.Rim(executor, config, clock);
    }
}
