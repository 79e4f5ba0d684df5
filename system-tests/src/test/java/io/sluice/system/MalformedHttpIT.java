package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.client.WebhookCall;
import io.sluice.system.load.Load;
import io.sluice.system.load.Malformed;
import io.sluice.system.load.Plan;
import io.sluice.system.load.Sender;
import io.sluice.system.load.SlowCallers;
import io.sluice.system.load.WireConnection;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is no proper HTTP is refused or cut off, starts nothing, and harms nobody else. */
@SystemTest
class MalformedHttpIT {

    /** Longer than any answer takes; whoever has not answered by then waits for the rest of the call. */
    private static final Duration NOTHING_COMES = Duration.ofSeconds(3);

    private static final int SLOW = 1_000;
    private static final int SLOW_ROUNDS = 25;
    private static final int CALLS = 2_000;

    private final Sluice sluice;
    private final Integration hook;

    MalformedHttpIT(Sluice sluice) {
        this.sluice = sluice;
        this.hook = new OwnFlows(sluice).install("- done: {set: {ok: '${ true }'}}\n", Map.of());
    }

    @Test
    void nothingMalformedStartsARunOrEndsInAnErrorOfOurs() {
        String url = hook.enableWebhook(WebhookCall.noVerification());
        Map<String, List<Integer>> answers = new TreeMap<>();

        new Malformed(URI.create(url)).cases().forEach((name, bytes) -> answers.put(name, statuses(bytes)));

        answers.forEach((name, statuses) -> System.out.printf("%s: %s%n", name, statuses));
        assertThat(answers.values())
                .allSatisfy(statuses ->
                        assertThat(statuses).allMatch(status -> status == 503 || (status >= 400 && status < 500)));
        requireHealthy();
        assertThat(sluice.stored(hook).callsAsText()).isEmpty();
        assertThat(sluice.stored(hook).runs()).isEmpty();
        WebhookCall.post(url, Map.of()).accepted();
    }

    @Test
    void slowConnectionsKeepNobodyFromCalling() throws IOException {
        String secret = WebhookCall.newSecret();
        String url = hook.enableWebhook(WebhookCall.standardWebhooks(secret));
        Sender sender = new Sender(url, secret);
        Load load = new Load(List.of(sluice.url(StackPort.INGRESS)), sender, 8);

        try (SlowCallers slow = new SlowCallers(URI.create(url), SLOW)) {
            Patience.soon().until(() -> slow.rounds() > 2);
            load.start(Plan.each(CALLS)).join();
            assertThat(load.ledger().statuses()).containsOnlyKeys(202);
            Patience.soon().until(() -> slow.rounds() > SLOW_ROUNDS);
            load.start(Plan.withRepetitions(CALLS)).join();

            Map<Integer, Long> answers = new TreeMap<>();
            slow.answers().forEach(status -> answers.merge(status, 1L, Long::sum));
            System.out.printf(
                    "%d slow connections: %d were cut off, answers to those with whole headers: %s; beside them: %s%n",
                    SLOW, slow.cut(), answers, load.ledger());
            assertThat(answers).containsOnlyKeys(408);
        }
        assertThat(load.ledger().statuses()).containsOnlyKeys(202);
        requireHealthy();
        sluice.stored(hook).requireExactlyOnce(sender, load.ledger());
    }

    private void requireHealthy() {
        assertThat(sluice.service(ServiceName.INGRESS).isAlive()).isTrue();
        Http.require(Http.request().get(sluice.url(StackPort.INGRESS_MANAGEMENT) + "/q/health/ready"), 200);
    }

    /** All answers until the connection ends, or until ingress waits for more. */
    private List<Integer> statuses(byte[] bytes) {
        List<Integer> statuses = new ArrayList<>();
        try (WireConnection connection = WireConnection.open(sluice.url(StackPort.INGRESS))) {
            connection.waitAtMost(NOTHING_COMES);
            Thread writer = Thread.ofVirtual().start(() -> write(connection, bytes));
            for (boolean open = true; open; ) {
                open = isAnswered(connection, statuses);
            }
            writer.interrupt();
        } catch (IOException e) {
            throw new AssertionError("ingress takes no connection", e);
        }
        return statuses;
    }

    private static boolean isAnswered(WireConnection connection, List<Integer> statuses) throws IOException {
        try {
            return statuses.add(connection.read().status());
        } catch (EOFException | SocketException | SocketTimeoutException _) {
            return false;
        }
    }

    private static void write(WireConnection connection, byte[] bytes) {
        try {
            connection.write(bytes);
        } catch (IOException _) {
            // Cut off while it was sent; what was answered before that counts.
        }
    }
}
