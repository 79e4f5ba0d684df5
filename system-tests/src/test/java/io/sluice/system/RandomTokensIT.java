package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.Guessers;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Somebody who guesses URLs finds none, and keeps nobody else from calling. */
@SystemTest
class RandomTokensIT {

    private static final int A_SECOND = 10_000;
    private static final int SECONDS = 10;
    private static final int CALLS = 500;
    private static final int CONNECTIONS = 4;

    private final Sluice sluice;

    RandomTokensIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void realCallsGoOnBesideTenThousandGuessesASecond() {
        String secret = WebhookCall.newSecret();
        Integration hook = new OwnFlows(sluice).install("- done: {set: {ok: '${ true }'}}\n", Map.of());
        Sender sender = new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
        Load load = new Load(List.of(sluice.url(StackPort.INGRESS)), sender, CONNECTIONS);
        Guessers guessers = new Guessers(sluice.url(StackPort.INGRESS), A_SECOND, SECONDS);

        CompletableFuture<Void> guesses = guessers.start();
        for (int i = 0; !guesses.isDone(); i++) {
            int first = i * CALLS;
            load.start(new Plan(CALLS, call -> first + call)).join();
        }
        guesses.join();

        System.out.printf("%s; beside them: %s%n", guessers, load.ledger());
        assertThat(guessers.statuses()).containsOnlyKeys(404);
        assertThat(guessers.broken()).isZero();
        assertThat(load.ledger().statuses()).containsOnlyKeys(202);
        assertThat(sluice.service(ServiceName.INGRESS).isAlive()).isTrue();
        Http.require(Http.request().get(sluice.url(StackPort.INGRESS_MANAGEMENT) + "/q/health/ready"), 200);
        sluice.stored(hook).requireExactlyOnce(sender, load.ledger());
    }
}
