package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.ServiceProcess;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.InForce;
import io.sluice.system.load.Ledger;
import io.sluice.system.load.Load;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.load.Twins;
import io.sluice.system.load.WireAnswer;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two copies of ingress on one database are one service. */
@SystemTest
class IngressReplicasIT {

    private static final String FLOW = "- done: {set: {ok: '${ true }'}}\n";
    private static final int SAME_EVENTS = 4_000;
    private static final int LISTENINGS = 25;
    private static final int ROUNDS = 3;
    private static final int CALLS = 20_000;
    private static final int CONNECTIONS = 32;

    private final Sluice sluice;
    private final ServiceProcess first;
    private final ServiceProcess second;
    private final Integration hook;
    private final String secret = WebhookCall.newSecret();

    IngressReplicasIT(Sluice sluice) {
        this.sluice = sluice;
        this.first = sluice.service(ServiceName.INGRESS);
        this.second = sluice.replica(ServiceName.INGRESS, Map.of());
        this.hook = new OwnFlows(sluice).install(FLOW, Map.of());
    }

    @Test
    void oneEventAtBothAtTheSameMomentRunsOnce() {
        Sender sender = sender();
        Twins twins = new Twins(first.url(), second.url());

        List<Twins.Answers> answers = twins.sendAll(sender, SAME_EVENTS);

        System.out.printf(
                "%d events were sent to both replicas at the same moment; %d pairs of answers were the same.%n",
                SAME_EVENTS, answers.stream().filter(Twins.Answers::same).count());
        assertThat(answers).hasSize(SAME_EVENTS).allMatch(Twins.Answers::same);
        sluice.stored(hook).requireExactlyOnce(sender, twins.ledger());
        assertThat(sluice.stored(hook).runs()).hasSize(SAME_EVENTS);
    }

    @Test
    void ofTwoCallsAtBothOneIsShownToWhoListens() {
        Sender sender = sender();
        Twins twins = new Twins(first.url(), second.url());
        List<String> outcomes = new ArrayList<>();

        for (int i = 0; i < LISTENINGS; i++) {
            String listener = hook.listen();
            Twins.Answers answers = twins.send(sender, 2 * i, 2 * i + 1);
            outcomes.add(answers.one().outcome() + answers.other().outcome());
            assertThat(hook.heard(listener).at("/call/id").asText()).isNotEmpty();
        }

        System.out.printf("%d times somebody listened and two calls came at once: %s%n", LISTENINGS, outcomes);
        assertThat(outcomes).allMatch("captured"::equals);
        assertThat(sluice.stored(hook).runs()).hasSize(LISTENINGS);
    }

    @Test
    void changesAreInForceOnBothSoon() {
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        InForce inForce = new InForce(first.url(), second.url());
        inForce.await("enabled", signed(url), accepted());
        for (int round = 0; round < ROUNDS; round++) {
            hook.saveWebhook(Map.of("enabled", true, "intake", Map.of("filter", "body.wanted = true")));
            inForce.await("a filter", signed(url), answer -> answer.outcome().equals("filtered"));
            hook.saveWebhook(Map.of("enabled", true, "intake", Map.of()));
            inForce.await("no filter", signed(url), accepted());
            hook.saveWebhook(
                    Map.of("enabled", true, "verification", WebhookCall.standardWebhooks(WebhookCall.newSecret())));
            inForce.await("another secret", signed(url), answer -> answer.status() == 401);
            hook.saveWebhook(Map.of("enabled", true, "verification", WebhookCall.standardWebhooks(secret)));
            inForce.await("the old secret", signed(url), accepted());
            hook.saveWebhook(Map.of("enabled", false));
            inForce.await("disabled", signed(url), answer -> answer.status() == 404);
            hook.saveWebhook(Map.of("enabled", true));
            inForce.await("enabled", signed(url), accepted());
            String rotated = hook.rotateWebhook(Map.of("overlap", "PT1H"));
            inForce.await("rotated", signed(rotated), accepted());
            inForce.require(signed(url), accepted());
            url = hook.rotateWebhook(Map.of());
            inForce.await("rotated", signed(url), accepted());
            inForce.await("rotated away", signed(rotated), answer -> answer.status() == 404);
        }
        System.out.print(inForce);
    }

    @Test
    void aReplicaThatIsKilledLosesNothingAndTheOtherGoesOn() {
        Sender sender = sender();
        Load load = new Load(List.of(first.url(), second.url()), sender, CONNECTIONS);

        CompletableFuture<Void> end = load.start(Plan.withRepetitions(CALLS));
        Patience.closely().until(() -> load.ledger().acknowledgements() > CALLS / 3);
        first.kill();
        long atKill = load.ledger().acknowledgements();
        end.join();

        Ledger ledger = load.ledger();
        System.out.printf("One of two replicas was killed after %d calls: %s%n", atKill, ledger);
        assertThat(atKill).isLessThan(CALLS);
        assertThat(ledger.statuses().keySet()).isSubsetOf(202, 503);
        sluice.stored(hook).requireExactlyOnce(sender, ledger);
        InForce inForce = new InForce(second.url());
        hook.saveWebhook(Map.of("enabled", false));
        inForce.await("disabled, after the other replica died", () -> sender.call(0), answer -> answer.status() == 404);
        System.out.print(inForce);
    }

    private Sender sender() {
        return new Sender(hook.enableWebhook(WebhookCall.standardWebhooks(secret)), secret);
    }

    private InForce.Call signed(String url) {
        return () -> Sender.wire(WebhookCall.post(url, Map.of()).signed(secret, Json.unique("change")));
    }

    private static java.util.function.Predicate<WireAnswer> accepted() {
        return answer -> answer.runId().isPresent();
    }
}
