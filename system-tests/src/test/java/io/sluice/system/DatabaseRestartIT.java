package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.DatabaseServer;
import io.sluice.local.StackPort;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.Ledger;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** PostgreSQL crashes and stops while calls come in: what was acknowledged before, between and after runs once. */
@SystemTest
class DatabaseRestartIT {

    private static final int CALLS = 30_000;
    private static final int CONNECTIONS = 32;
    private static final int REFUSED = 200;

    private final Sluice sluice;

    DatabaseRestartIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void callsAreRefusedMeanwhileAndNoneIsLostOrDoubled() {
        String secret = WebhookCall.newSecret();
        Integration hook = new OwnFlows(sluice).install("- done: {set: {ok: '${ true }'}}\n", Map.of());
        Sender sender = new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
        Load load = new Load(List.of(sluice.url(StackPort.INGRESS)), sender, CONNECTIONS);
        DatabaseServer database = sluice.stack().database();

        CompletableFuture<Void> end = load.start(Plan.withRepetitions(CALLS));
        restart(load.ledger(), CALLS / 4, database::kill);
        restart(load.ledger(), CALLS / 2, database::stop);
        restart(load.ledger(), CALLS * 3 / 4, database::kill);
        end.join();

        Ledger ledger = load.ledger();
        System.out.printf("PostgreSQL went away three times under load: %s%n", ledger);
        assertThat(ledger.statuses().keySet()).containsExactly(202, 503);
        assertThat(ledger.withoutRetryAfter()).isZero();
        sluice.stored(hook).requireExactlyOnce(sender, ledger);
    }

    /** Away until so many calls have been refused. */
    private void restart(Ledger ledger, int after, Runnable end) {
        Patience.afterTakeover().until(() -> ledger.acknowledgements() >= after);
        long refused = ledger.statuses().getOrDefault(503, 0L);
        end.run();
        Patience.soon().until(() -> ledger.statuses().getOrDefault(503, 0L) >= refused + REFUSED);
        sluice.stack().database().start();
    }
}
