package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.platform.PlatformStub;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One schedule among all others, which is turned from every hour to every second and back, by the feed. */
final class Edits {

    private static final Duration SELDOM = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final PlatformStub platform;
    private final FireLedger ledger;
    private final InstantSource clock;
    private final UUID integration = UUID.randomUUID();
    private final UUID schedule = UUID.randomUUID();

    Edits(PlatformStub platform, FireLedger ledger, InstantSource clock) {
        this.platform = platform;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * In milliseconds.
     *
     * @param inForce the longest from the change until the service said that it is in force
     * @param firstFire the longest from the change until the first fire by the new rule
     */
    record Found(int edits, double inForce, double firstFire, double toSecond) {

        String note() {
            return String.format(
                    Locale.ROOT,
                    "Edits: %d, one after the other, each from every hour to every second; a full second has to come before"
                            + " the new rule fires, at most %,.0f ms of the longest.",
                    edits,
                    toSecond);
        }
    }

    Found measure(int edits) {
        Found longest = new Found(edits, 0, 0, 0);
        deploy(SELDOM);
        for (int edit = 0; edit < edits; edit++) {
            longest = longer(longest, edit());
            deploy(SELDOM);
        }
        return longest;
    }

    private static Found longer(Found one, Found other) {
        return new Found(
                one.edits(),
                Math.max(one.inForce(), other.inForce()),
                Math.max(one.firstFire(), other.firstFire()),
                one.firstFire() > other.firstFire() ? one.toSecond() : other.toSecond());
    }

    private Found edit() {
        Instant changed = clock.instant();
        deploy(OFTEN);
        double inForce = milliseconds(changed, clock.instant());
        Waiting.until(
                () -> ledger.firstFire(schedule, changed).isPresent(),
                Duration.ofMillis(20),
                Duration.ofSeconds(30),
                "the new rule does not fire");
        Instant fired = ledger.firstFire(schedule, changed).orElseThrow();
        Instant second = changed.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return new Found(1, inForce, milliseconds(changed, fired), milliseconds(changed, second));
    }

    /** Returns when the service has it. */
    private void deploy(Duration every) {
        Instant anchor = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(1));
        platform.deploy(List.of(ScheduleDatabase.deployment(integration, schedule, anchor, every)));
    }

    private static double milliseconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
