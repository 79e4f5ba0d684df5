package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.load.Driver;
import io.sluice.benchmarks.load.Outcome;
import io.sluice.benchmarks.load.SignedCalls;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.platform.Keys;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.benchmarks.queue.Server;
import io.sluice.run.seal.Sealer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** All that stands around the measured service, and the way in which a phase goes. */
final class Stage implements AutoCloseable {

    /** Runs lag behind; the next phase must not pay for them. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(10);

    private final Server server;
    private final PlatformStub platform = new PlatformStub();
    private final Driver driver = new Driver();
    private final Keys keys = Keys.generate();
    private final Ledger ledger;
    private final Service service;
    private int phases;

    /**
     * One phase.
     *
     * @param open runs that had not ended when the last call was answered
     */
    record Phase(Outcome outcome, long open, Ledger.Account account) {}

    Stage(Server server, Path folder) {
        this.server = server;
        Server.Database database = server.create();
        ledger = new Ledger(database);
        service = new Service(database, platform, keys.privateKey(), folder);
    }

    Service service() {
        return service;
    }

    Driver driver() {
        return driver;
    }

    Phase saturate(Duration time) {
        return phase(calls -> driver.saturate(service.url(), calls, time));
    }

    Phase steady(Duration time, double rate) {
        return phase(calls -> driver.steady(service.url(), calls, time, rate));
    }

    private Phase phase(Function<SignedCalls, Outcome> load) {
        Endpoints endpoints = Endpoints.deploy(platform, Sealer.of(keys.publicKey()), "phase-" + ++phases);
        server.settle();
        Outcome outcome = load.apply(endpoints.calls());
        long open = ledger.open(endpoints.tenant());
        Waiting.until(
                () -> ledger.open(endpoints.tenant()) == 0, Duration.ofMillis(200), LONGEST_LAG, "runs did not end");
        return new Phase(outcome, open, ledger.account(endpoints.tenant(), outcome.accepted()));
    }

    @Override
    public void close() {
        service.close();
        driver.close();
        platform.close();
    }
}
