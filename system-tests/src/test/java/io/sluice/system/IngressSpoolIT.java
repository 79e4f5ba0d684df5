package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.ServiceProcess;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.load.StoredRuns;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool takes calls while PostgreSQL is away, and stores them once and in their order, wherever it is killed. */
@SystemTest
class IngressSpoolIT {

    private static final String FLOW = "- done: {set: {ok: '${ true }'}}\n";
    private static final int CALLS = 30_000;
    private static final int CONNECTIONS = 32;
    private static final int IN_ORDER = 500;
    /**
     * One event over and over, for longer than a replica needs to see what was saved: then it knows the URLs as they
     * are, and needs no database to find them.
     */
    private static final Plan BEFORE = new Plan(2_000, _ -> -1);

    private final Sluice sluice;
    private final ServiceProcess ingress;
    private final Integration many;
    private final Integration ordered;
    private final String secret = WebhookCall.newSecret();

    IngressSpoolIT(Sluice sluice, @TempDir Path folder) {
        this.sluice = sluice;
        this.ingress = sluice.replica(ServiceName.INGRESS, Map.of("SLUICE_WEBHOOK_SPOOL_PATH", folder.toString()));
        OwnFlows flows = new OwnFlows(sluice);
        this.many = flows.install(FLOW, Map.of());
        this.ordered = flows.install(FLOW, Map.of());
        Http.require(
                ordered.api()
                        .put(
                                "/api/v1/integrations/{id}/policy",
                                ordered.etag(),
                                Map.of("ordering", Map.of("key", "${ 'one' }")),
                                ordered.id()),
                200);
    }

    @Test
    void whatIsAcknowledgedWithoutTheDatabaseIsStoredOnceAndInOrder() {
        Sender sender = sender(many);
        Sender inOrder = sender(ordered);
        Load load = new Load(List.of(ingress.url()), sender, CONNECTIONS);
        Load orderedLoad = new Load(List.of(ingress.url()), inOrder, 1);
        load.start(BEFORE).join();
        orderedLoad.start(BEFORE).join();

        sluice.stack().database().kill();
        load.start(new Plan(CALLS / 2, Plan.withRepetitions(CALLS).eventOf())).join();
        orderedLoad.start(Plan.each(IN_ORDER)).join();
        ingress.kill();
        sluice.stack().database().start();
        StoredRuns stored = sluice.stored(many);
        long before = stored.calls();
        killWhen(stored, before + 1);
        killWhen(stored, before + CALLS / 8);
        sluice.restart(ingress);
        load.start(Plan.withRepetitions(CALLS)).join();
        Patience.afterTakeover()
                .until(() -> stored.calls() >= load.ledger().acknowledged().size());
        Patience.afterTakeover().until(() -> sluice.stored(ordered).calls() > IN_ORDER);

        System.out.printf("The spool: %s; in order: %s%n", load.ledger(), orderedLoad.ledger());
        assertThat(load.ledger().statuses().keySet()).containsExactly(202);
        stored.requireExactlyOnce(sender, load.ledger());
        sluice.stored(ordered).requireExactlyOnce(inOrder, orderedLoad.ledger());
        assertThat(placesOf(orderedLoad)).as("places in the lane").isSorted();
    }

    private Sender sender(Integration hook) {
        return new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
    }

    private void killWhen(StoredRuns stored, long calls) {
        ingress.start();
        Patience.closely().until(() -> stored.calls() >= calls);
        ingress.kill();
        System.out.printf("  killed while it stored its spool, at %d calls%n", stored.calls());
    }

    private List<Long> placesOf(Load load) {
        Map<UUID, Long> places = sluice.stored(ordered).laneNumbers();
        Map<Integer, UUID> runs = load.ledger().acknowledged();
        return IntStream.range(0, IN_ORDER)
                .mapToObj(event -> places.get(runs.get(event)))
                .toList();
    }
}
