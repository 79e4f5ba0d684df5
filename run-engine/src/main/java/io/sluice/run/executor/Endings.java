package io.sluice.run.executor;

import io.sluice.run.queue.RunQueue;
import io.sluice.run.queue.RunQueue.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ends of runs: those that come while a commit is under way share the next one, so that a commit's price is
 * paid once for many.
 */
final class Endings {

    private static final int MOST = 256;

    private final RunQueue queue;
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

    Endings(RunQueue queue) {
        this.queue = queue;
    }

    private record Waiting(Ending ending, CompletableFuture<Boolean> owned) {}

    /** Begins to write, on a thread of its own that is there as long as the process. */
    void start() {
        Thread.ofVirtual().name("runs-end").start(this::write);
    }

    /**
     * Returns when it is committed.
     *
     * @return false when the run belongs to somebody else by now; nothing was written then
     */
    boolean end(Ending ending) {
        Waiting mine = new Waiting(ending, new CompletableFuture<>());
        waiting.add(mine);
        try {
            return mine.owned().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many wait for the next commit. */
    int waiting() {
        return waiting.size();
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        while (true) {
            batch.clear();
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            waiting.drainTo(batch, MOST - 1);
            write(batch);
        }
    }

    private void write(List<Waiting> batch) {
        Throwable failure = tried(batch);
        if (failure == null) {
            return;
        }
        if (batch.size() == 1) {
            batch.getFirst().owned().completeExceptionally(failure);
            return;
        }
        // One of them may be what the database does not take: the others must not suffer for it.
        batch.forEach(one -> write(List.of(one)));
    }

    private @Nullable Throwable tried(List<Waiting> batch) {
        try {
            Set<Ending> written = queue.end(batch.stream().map(Waiting::ending).toList());
            batch.forEach(one -> one.owned().complete(written.contains(one.ending())));
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }
}
