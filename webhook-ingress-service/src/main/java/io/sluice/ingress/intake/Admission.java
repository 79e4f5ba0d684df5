package io.sluice.ingress.intake;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Says no before memory is gone: a call that cannot be held is refused at once, so that its sender tries again. */
@Singleton
public class Admission {

    private final int mostCalls;
    private final long mostBytes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Admission(IntakeConfig config) {
        this.mostCalls = config.callsInFlight();
        this.mostBytes = config.bytesInFlight().asLongValue();
    }

    /** A call's place. Not thread-safe but for its end, which may come twice. */
    final class Ticket implements Room {
        private final AtomicLong held = new AtomicLong();
        private final AtomicInteger open = new AtomicInteger(1);

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
                calls.decrementAndGet();
            }
        }
    }

    /** Null when there is no place. */
    @org.jspecify.annotations.Nullable
    Ticket enter() {
        if (calls.incrementAndGet() > mostCalls) {
            calls.decrementAndGet();
            return null;
        }
        return new Ticket();
    }

    public int callsInFlight() {
        return calls.get();
    }

    public long bytesInFlight() {
        return bytes.get();
    }
}
