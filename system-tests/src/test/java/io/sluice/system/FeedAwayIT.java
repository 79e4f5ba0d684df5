package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.InForce;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nothing about calls needs integrations-service, not even a restart of ingress. */
@SystemTest
class FeedAwayIT {

    private static final int CALLS = 20_000;
    private static final int CONNECTIONS = 16;

    private final Sluice sluice;

    FeedAwayIT(Sluice sluice) {
        this.sluice = sluice;
    }

    @Test
    void callsGoOnWithoutTheFeed() {
        String secret = WebhookCall.newSecret();
        Integration hook = new OwnFlows(sluice).install("- done: {set: {ok: '${ true }'}}\n", Map.of());
        Sender sender = new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
        Load load = new Load(List.of(sluice.url(StackPort.INGRESS)), sender, CONNECTIONS);

        sluice.service(ServiceName.INTEGRATIONS).kill();
        load.start(Plan.withRepetitions(CALLS / 2)).join();
        assertThat(load.ledger().statuses()).as("without the feed").containsOnlyKeys(202);
        CompletableFuture<Void> end = load.start(Plan.withRepetitions(CALLS));
        Patience.closely().until(() -> load.ledger().acknowledgements() > CALLS * 3 / 4);
        sluice.service(ServiceName.INGRESS).kill();
        sluice.restart(ServiceName.INGRESS);
        end.join();

        System.out.printf("Without integrations-service, ingress killed once: %s%n", load.ledger());
        sluice.stored(hook).requireExactlyOnce(sender, load.ledger());
        sluice.restart(ServiceName.INTEGRATIONS);
        InForce inForce = new InForce(sluice.url(StackPort.INGRESS));
        hook.disableWebhook();
        inForce.await("disabled, after the feed came back", () -> sender.call(0), answer -> answer.status() == 404);
        System.out.print(inForce);
    }
}
