package io.sluice.ingress.intake;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Says no before memory is gone: a call that cannot be held is refused at once, so that its sender tries again. No
 * endpoint takes all places, and those who know no URL have a few of their own.
 */
@Singleton
public class Admission {

    private final int mostCalls;
    private final int mostOfEndpoint;
    private final int mostStrangers;
    private final long mostBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();
    private final ConcurrentHashMap<UUID, Integer> ofEndpoint = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    Admission(IntakeConfig config) {
        this.mostCalls = config.callsInFlight();
        this.mostOfEndpoint = config.callsOfEndpoint();
        this.mostStrangers = config.strangersInFlight();
        this.mostBytes = config.bytesInFlight().asLongValue();
    }

    /** A call's place. Not thread-safe but for its end, which may come twice. */
    final class Ticket implements Room {
        private final AtomicLong held = new AtomicLong();
        private final AtomicInteger open = new AtomicInteger(1);
        private final Runnable left;

        private Ticket(Runnable left) {
            this.left = left;
        }

        @Override
        public boolean take(long more) {
            if (bytes.addAndGet(more) > mostBytes) {
                bytes.addAndGet(-more);
                return false;
            }
            held.addAndGet(more);
            return true;
        }

        @Override
        public boolean carry(long weight) {
            // Charged in full, a call that weighs more than all there is would be told to come again for ever.
            return take(Math.clamp(mostBytes / 2 - held.get(), 0, weight));
        }

        void close() {
            if (open.getAndSet(0) == 1) {
                bytes.addAndGet(-held.get());
                left.run();
            }
        }
    }

    /** A call at an endpoint; null when there is no place. */
    @Nullable
    Ticket enter(UUID integrationId) {
        Ticket place = new Ticket(() -> {
            calls.decrementAndGet();
            ofEndpoint.computeIfPresent(integrationId, (id, others) -> others == 1 ? null : others - 1);
        });
        boolean isFull = calls.incrementAndGet() > mostCalls;
        if (ofEndpoint.merge(integrationId, 1, Integer::sum) > mostOfEndpoint || isFull) {
            place.close();
            return null;
        }
        return place;
    }

    /** A call where nothing is, as far as its sender has shown; null when there is no place. */
    @Nullable
    Ticket enterAsStranger() {
        Ticket place = new Ticket(strangers::decrementAndGet);
        if (strangers.incrementAndGet() > mostStrangers) {
            place.close();
            return null;
        }
        return place;
    }

    public int callsInFlight() {
        return calls.get();
    }

    public long bytesInFlight() {
        return bytes.get();
    }
}
