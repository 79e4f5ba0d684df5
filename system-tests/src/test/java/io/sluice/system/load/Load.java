package io.sluice.system.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many connections that send as fast as they are answered. As real senders do, they come again after 503 and after a
 * broken connection; one in {@value #FORGETFUL} never learns what became of a broken one.
 */
public final class Load {

    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int FORGETFUL = 3;

    private final List<URI> replicas;
    private final Sender sender;
    private final int connections;
    private final Ledger ledger = new Ledger();
    private volatile boolean over;

    /** @param replicas where calls go: each connection keeps to one while it answers */
    public Load(List<URI> replicas, Sender sender, int connections) {
        this.replicas = List.copyOf(replicas);
        this.sender = sender;
        this.connections = connections;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Sends in the background; fails when it goes on for ever, else ends when each call has been answered or given up. */
    public CompletableFuture<Void> start(Plan plan) {
        CompletableFuture<?>[] workers = new CompletableFuture<?>[connections];
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < connections; i++) {
            Worker worker = new Worker(plan, next, i);
            CompletableFuture<Void> end = new CompletableFuture<>();
            Thread.ofVirtual().name("load-" + i).start(() -> {
                try {
                    worker.run();
                    end.complete(null);
                } catch (RuntimeException | Error e) {
                    end.completeExceptionally(e);
                }
            });
            workers[i] = end;
        }
        return CompletableFuture.allOf(workers)
                .orTimeout(LONGEST.toMinutes(), TimeUnit.MINUTES)
                .whenComplete((_, failure) -> over = failure != null);
    }

    private final class Worker {

        private final Plan plan;
        private final AtomicInteger next;
        private int replica;
        private @Nullable WireConnection connection;

        Worker(Plan plan, AtomicInteger next, int number) {
            this.plan = plan;
            this.next = next;
            this.replica = number % replicas.size();
        }

        void run() {
            for (int call = next.getAndIncrement(); !over && call < plan.calls(); call = next.getAndIncrement()) {
                int event = plan.eventOf().applyAsInt(call);
                while (!over && !isSettled(call, event)) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
            drop();
        }

        /** One try. */
        private boolean isSettled(int call, int event) {
            @Nullable WireConnection open = connect();
            if (open == null) {
                return false;
            }
            try {
                open.write(sender.call(event));
                WireAnswer answer = open.read();
                ledger.answered(event, answer);
                return answer.status() != 503;
            } catch (IOException _) {
                drop();
                ledger.unanswered(event);
                return call % FORGETFUL == 0;
            }
        }

        private @Nullable WireConnection connect() {
            if (connection == null) {
                try {
                    connection = WireConnection.open(replicas.get(replica));
                } catch (IOException _) {
                    ledger.turnedAway();
                    replica = (replica + 1) % replicas.size();
                }
            }
            return connection;
        }

        private void drop() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }
}
