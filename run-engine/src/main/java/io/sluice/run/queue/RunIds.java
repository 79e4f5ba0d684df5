package io.sluice.run.queue;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids of runs: UUID version 7 (RFC 9562), ordered by time, with the owning service in the first four of the bits that
 * the RFC leaves to us. So a run's id alone tells whom to ask for it.
 */
public final class RunIds {

    private final RunOwner owner;
    private final InstantSource clock;
    private final RandomGenerator random;

    public RunIds(RunOwner owner, InstantSource clock, RandomGenerator random) {
        this.owner = owner;
        this.clock = clock;
        this.random = random;
    }

    /** A fresh id. */
    public UUID next() {
        long high = (clock.millis() << 16) | 0x7000L | ((long) owner.tag() << 8) | (random.nextLong() & 0xFF);
        long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** Who owns a run; empty when the id is none of ours. */
    public static Optional<RunOwner> ownerOf(UUID runId) {
        if (runId.version() != 7) {
            return Optional.empty();
        }
        int tag = (int) ((runId.getMostSignificantBits() >>> 8) & 0xF);
        return java.util.Arrays.stream(RunOwner.values())
                .filter(owner -> owner.tag() == tag)
                .findFirst();
    }
}
