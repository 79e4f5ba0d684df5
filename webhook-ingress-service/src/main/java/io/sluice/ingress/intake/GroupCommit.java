package io.sluice.ingress.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.run.executor.DatabaseAway;
import io.sluice.run.executor.Executor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Stores calls that arrive at once in one commit. While a group is on its way to the disk the next one gathers: nobody
 * waits for company, and a busy moment makes larger groups instead of more commits.
 */
@Singleton
class GroupCommit {

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final Duration SWEEP = Duration.ofMillis(100);

    private final CallStore store;
    private final Spool spool;
    private final Executor executor;
    private final IntakeConfig config;
    private final Pressure pressure = Pressure.ofThisMachine();
    private final AtomicInteger storing = new AtomicInteger();
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Queue<Waiting> inTime = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    private record Waiting(PendingCall call, CompletableFuture<Receipt> receipt, long since, long until) {}

    GroupCommit(CallStore store, Spool spool, Executor executor, IntakeConfig config) {
        this.store = store;
        this.spool = spool;
        this.executor = executor;
        this.config = config;
    }

    /** Threads of their own: what runs must not keep what comes in from being stored. */
    void start(@Observes StartupEvent event) {
        executor.yieldTo(() -> pressure.isHigh(System.nanoTime(), storing.get()));
        for (int i = 0; i < config.writers(); i++) {
            threads.add(Thread.ofPlatform().name("intake-writer-" + i).daemon().start(this::write));
        }
        threads.add(Thread.ofPlatform().name("intake-sweep").daemon().start(this::sweep));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        threads.forEach(Thread::interrupt);
    }

    /** Completes once the call is durable, or fails when that is not known. */
    CompletableFuture<Receipt> submit(PendingCall call) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        long now = System.nanoTime();
        Waiting waiting =
                new Waiting(call, receipt, now, now + config.acceptTimeout().toNanos());
        storing.incrementAndGet();
        var _ = receipt.whenComplete((stored, failure) -> storing.decrementAndGet());
        inTime.add(waiting);
        queue.add(waiting);
        return receipt;
    }

    int waiting() {
        return queue.size();
    }

    private void write() {
        List<Waiting> group = new ArrayList<>();
        while (!stopping) {
            try {
                group.clear();
                gather(group);
                if (!group.isEmpty()) {
                    store(group);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("a group of calls could not be stored", e);
                group.forEach(one -> one.receipt().completeExceptionally(e));
            }
        }
    }

    private void gather(List<Waiting> group) throws InterruptedException {
        long bytes = 0;
        for (Waiting next = queue.take(); next != null; next = next(group.size(), bytes)) {
            // Whoever was told to come again must not be stored now.
            if (!next.receipt().isDone()) {
                group.add(next);
                bytes += next.call().bytes();
            }
        }
    }

    private @org.jspecify.annotations.Nullable Waiting next(int size, long bytes) {
        return size >= config.groupSize() || bytes >= MOST_BYTES ? null : queue.poll();
    }

    private void store(List<Waiting> group) {
        // What came before is in the files; what comes now must not overtake it.
        if (spool.isFilling() && isSpooledBehind(group)) {
            return;
        }
        long begun = System.nanoTime();
        try {
            answer(group, store.store(calls(group)));
            pressure.stored(group.getFirst().since(), begun, System.nanoTime());
        } catch (CallStore.OutcomeUnknown e) {
            failed(group, e);
        } catch (RuntimeException e) {
            if (DatabaseAway.is(e)) {
                away(group, e);
            } else {
                LOG.debugf("a group of %d calls is stored one by one: %s", group.size(), e.getMessage());
                oneByOne(group);
            }
        }
    }

    /** One call that cannot be stored must not take the others with it. */
    private void oneByOne(List<Waiting> group) {
        for (Waiting one : group) {
            try {
                answer(List.of(one), store.store(List.of(one.call())));
            } catch (RuntimeException e) {
                failed(List.of(one), e);
            }
        }
    }

    private void away(List<Waiting> group, RuntimeException cause) {
        if (spool.isOn()) {
            spooled(group);
        } else {
            failed(group, cause);
        }
    }

    /** @return whether they were answered; not when the spool was emptied meanwhile */
    private boolean isSpooledBehind(List<Waiting> group) {
        try {
            Optional<List<Receipt>> receipts = spool.appendBehind(calls(group));
            receipts.ifPresent(all -> answer(group, all));
            return receipts.isPresent();
        } catch (RuntimeException e) {
            failed(group, e);
            return true;
        }
    }

    private void spooled(List<Waiting> group) {
        try {
            answer(group, spool.append(calls(group)));
        } catch (RuntimeException e) {
            failed(group, e);
        }
    }

    private void answer(List<Waiting> group, List<Receipt> receipts) {
        for (int i = 0; i < group.size(); i++) {
            group.get(i).receipt().complete(receipts.get(i));
        }
        executor.wake();
    }

    private static void failed(List<Waiting> group, Throwable cause) {
        group.forEach(one -> one.receipt().completeExceptionally(cause));
    }

    private static List<PendingCall> calls(List<Waiting> group) {
        return group.stream().map(Waiting::call).toList();
    }

    /** A database that hangs must not hold senders until they give up: they are told to come again. */
    private void sweep() {
        while (!stopping) {
            long now = System.nanoTime();
            boolean late = false;
            for (Waiting first = inTime.peek();
                    first != null && (first.receipt().isDone() || first.until() - now < 0);
                    first = inTime.peek()) {
                inTime.remove();
                late |= first.receipt().completeExceptionally(new TimeoutException("not stored in time"));
            }
            if (late) {
                // Their memory was given back with the answer.
                queue.removeIf(waiting -> waiting.receipt().isDone());
            }
            try {
                Thread.sleep(SWEEP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
