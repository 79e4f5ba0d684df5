package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.Ledger;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.load.StoredRuns;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of ingress under load, again and again: each acknowledged event runs, and none twice. */
@SystemTest
class IngressKilledUnderLoadIT {

    private static final int CALLS = 200_000;
    private static final int CONNECTIONS = 64;
    private static final int KILLS = 10;
    private static final int ENOUGH_ENDED = 3_000;
    private static final long SEED = 20261125;

    private final Sluice sluice;

    IngressKilledUnderLoadIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void eachAcknowledgedEventHasOneRun() {
        String secret = WebhookCall.newSecret();
        Integration hook = new OwnFlows(sluice).install("- done: {set: {ok: '${ true }'}}\n", Map.of());
        Sender sender = new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
        StoredRuns stored = sluice.stored(hook);
        sluice.afterwards(stored::forgetOpen);
        Load load = new Load(List.of(sluice.url(StackPort.INGRESS)), sender, CONNECTIONS);
        long start = System.nanoTime();

        CompletableFuture<Void> end = load.start(Plan.withRepetitions(CALLS));
        killAgainAndAgain(load.ledger(), end);
        end.join();

        Ledger ledger = load.ledger();
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.out.printf("Killed ingress %d times under load, in %d s: %s%n", KILLS, seconds, ledger);
        assertThat(ledger.acknowledgements()).isGreaterThan(CALLS * 9L / 10);
        assertThat(ledger.acknowledgements())
                .as("some were repetitions")
                .isGreaterThan(ledger.acknowledged().size());
        assertThat(ledger.statuses().keySet()).isSubsetOf(202, 503);
        stored.requireExactlyOnce(sender, ledger);
        Patience.afterTakeover().until(() -> stored.ended() >= ENOUGH_ENDED);
        stored.requireExactlyOnce(sender, ledger);
    }

    /** At moments that are spread over the whole load, each somewhere in its tenth. */
    private void killAgainAndAgain(Ledger ledger, CompletableFuture<Void> end) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < KILLS; i++) {
            long moment = (long) ((i + random.nextDouble(0.1, 0.9)) * CALLS / (KILLS + 1));
            Patience.afterTakeover().until(() -> end.isDone() || ledger.acknowledgements() >= moment);
            assertThat(end).as("There is load when it is killed").isNotDone();
            sluice.service(ServiceName.INGRESS).kill();
            sluice.restart(ServiceName.INGRESS);
        }
    }
}
