package io.sluice.system.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends to two replicas at the same moment. */
public final class Twins {

    private static final int PAIRS = 16;

    private final URI first;
    private final URI second;
    private final Ledger ledger = new Ledger();

    public Twins(URI first, URI second) {
        this.first = first;
        this.second = second;
    }

    /** What the two said. */
    public record Answers(WireAnswer one, WireAnswer other) {

        public boolean same() {
            return one.runId().isPresent() && one.runId().equals(other.runId());
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Each event to both. */
    public List<Answers> sendAll(Sender sender, int events) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Answers>>> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(CompletableFuture.supplyAsync(() -> share(sender, events, next), executor));
            }
            return pairs.stream().flatMap(pair -> pair.join().stream()).toList();
        }
    }

    /** One event to the first, another to the second. */
    public Answers send(Sender sender, int one, int other) {
        try (WireConnection left = WireConnection.open(first);
                WireConnection right = WireConnection.open(second)) {
            return send(left, right, sender, one, other);
        } catch (IOException e) {
            throw new AssertionError("a replica does not answer", e);
        }
    }

    private List<Answers> share(Sender sender, int events, AtomicInteger next) {
        List<Answers> answers = new ArrayList<>();
        try (WireConnection left = WireConnection.open(first);
                WireConnection right = WireConnection.open(second)) {
            for (int event = next.getAndIncrement(); event < events; event = next.getAndIncrement()) {
                answers.add(send(left, right, sender, event, event));
            }
            return answers;
        } catch (IOException e) {
            throw new AssertionError("a replica does not answer", e);
        }
    }

    private Answers send(WireConnection left, WireConnection right, Sender sender, int one, int other)
            throws IOException {
        byte[] toLeft = sender.call(one);
        byte[] toRight = sender.call(other);
        left.write(toLeft);
        right.write(toRight);
        Answers answers = new Answers(left.read(), right.read());
        ledger.answered(one, answers.one());
        ledger.answered(other, answers.other());
        return answers;
    }
}
