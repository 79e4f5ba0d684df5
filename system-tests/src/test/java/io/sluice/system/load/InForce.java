package io.sluice.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.system.client.Patience;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Looks when a change that was just saved is in force on all replicas. What it measures is shown, not judged. */
public final class InForce {

    private final List<URI> replicas;
    private final Map<String, List<Long>> millis = new TreeMap<>();

    public InForce(URI... replicas) {
        this.replicas = List.of(replicas);
    }

    /** Makes a call afresh. */
    @FunctionalInterface
    public interface Call {
        byte[] bytes();
    }

    /** Returns when all replicas answer so. To be called right after the change was saved. */
    public void await(String change, Call call, Predicate<WireAnswer> inForce) {
        long saved = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Long>> all = replicas.stream()
                    .map(replica -> CompletableFuture.supplyAsync(
                            () -> {
                                Patience.closely().until(() -> inForce.test(send(replica, call)));
                                return (System.nanoTime() - saved) / 1_000_000;
                            },
                            executor))
                    .toList();
            List<Long> known = millis.computeIfAbsent(change, _ -> new ArrayList<>());
            all.forEach(one -> known.add(one.join()));
        }
    }

    /** The replicas answer so already. */
    public void require(Call call, Predicate<WireAnswer> answer) {
        for (URI replica : replicas) {
            assertThat(send(replica, call)).as("at %s", replica).matches(answer);
        }
    }

    private static WireAnswer send(URI replica, Call call) {
        try (WireConnection connection = WireConnection.open(replica)) {
            connection.write(call.bytes());
            return connection.read();
        } catch (IOException e) {
            throw new AssertionError("a replica does not answer", e);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        millis.forEach((change, all) ->
                text.append("In force on %d replicas, ms after Save: %s %s%n".formatted(replicas.size(), change, all)));
        return text.toString();
    }
}
