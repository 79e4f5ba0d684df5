package io.sluice.run.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that bodies in flight may hold in this process, requests and responses together. A call reserves before it
 * sends and before it reads more than a little; where nothing is free it waits, first come first served.
 *
 * <p>There are two halves. A call takes of the first one, once and before it is sent, its request and the beginning of
 * the response; of the second, once and only where the response is longer, all that it may still become. Who holds
 * bytes of the second half waits for nobody, and those who wait for it hold the first alone: calls can wait, but never
 * for each other in a circle.
 */
public final class BodyBudget {

    /** What of a response is read without asking again, bytes. */
    static final int BEGINNING = 64 * 1024;

    private final Half first;
    private final Half second;

    /** @param bytes for all bodies together; a single larger one passes alone */
    public BodyBudget(long bytes) {
        first = new Half(Math.max(1, bytes / 2));
        second = new Half(Math.max(1, bytes - bytes / 2));
    }

    /** Asks for a call's first bytes; not granted yet where {@link Share#granted} is not done. */
    Share share(int requestBytes) {
        return new Share(first.take((long) requestBytes + BEGINNING));
    }

    /**
     * A share beside the budget, for those whom holders of the budget may be waiting for: few, each with one call at a
     * time.
     */
    Share ahead() {
        return new Share();
    }

    /** Bytes that nobody holds. */
    long free() {
        return first.free() + second.free();
    }

    /** What one call holds or waits for. */
    final class Share implements AutoCloseable {
        private final @Nullable Ticket beginning;
        private final List<Ticket> rest = new ArrayList<>();
        private boolean closed;

        private Share(Ticket beginning) {
            this.beginning = beginning;
        }

        /** Beside the budget. */
        private Share() {
            this.beginning = null;
        }

        /** Done when the call may be sent. */
        CompletableFuture<Void> granted() {
            return beginning == null ? CompletableFuture.completedFuture(null) : beginning.granted;
        }

        /** Asks for the rest of the response, once; done when it may be read on, which is never after {@link #close}. */
        synchronized CompletableFuture<Void> grow(long bytes) {
            if (closed || !rest.isEmpty()) {
                return new CompletableFuture<>();
            }
            if (beginning == null) {
                return CompletableFuture.completedFuture(null);
            }
            Ticket ticket = second.take(bytes);
            rest.add(ticket);
            return ticket.granted;
        }

        /** Gives everything back; may be called several times. */
        @Override
        public synchronized void close() {
            if (!closed && beginning != null) {
                first.giveBack(beginning);
                rest.forEach(second::giveBack);
            }
            closed = true;
        }
    }

    private static final class Ticket {
        private final long bytes;
        private final CompletableFuture<Void> granted = new CompletableFuture<>();

        private Ticket(long bytes) {
            this.bytes = bytes;
        }
    }

    private static final class Half {
        private final long capacity;
        private final Queue<Ticket> waiting = new ArrayDeque<>();
        private long free;

        private Half(long capacity) {
            this.capacity = capacity;
            this.free = capacity;
        }

        synchronized long free() {
            return free;
        }

        Ticket take(long bytes) {
            Ticket ticket = new Ticket(Math.min(bytes, capacity));
            synchronized (this) {
                waiting.add(ticket);
            }
            grant();
            return ticket;
        }

        void giveBack(Ticket ticket) {
            synchronized (this) {
                // One that still waits has nothing to give back.
                if (!waiting.remove(ticket)) {
                    free += ticket.bytes;
                }
            }
            grant();
        }

        /** In order; a large one is not overtaken by small ones, or it would wait for ever. */
        private void grant() {
            List<Ticket> lucky = new ArrayList<>();
            synchronized (this) {
                for (Ticket next = waiting.peek(); next != null && next.bytes <= free; next = waiting.peek()) {
                    waiting.remove();
                    free -= next.bytes;
                    lucky.add(next);
                }
            }
            // Outside of the lock: what waits may go on at once, on this thread.
            lucky.forEach(ticket -> ticket.granted.complete(null));
        }
    }
}
