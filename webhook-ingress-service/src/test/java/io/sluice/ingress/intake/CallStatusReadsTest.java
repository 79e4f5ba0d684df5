package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallStatusReadsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    @Test
    void idsOfDaysOfWhichNothingIsKeptAreNotLookedFor() {
        assertThat(mayBeKept(id(RunOwner.INGRESS, Duration.ZERO))).isTrue();
        assertThat(mayBeKept(id(RunOwner.INGRESS, Duration.ofMinutes(5)))).isTrue();
        assertThat(mayBeKept(id(RunOwner.INGRESS, Duration.ofDays(-60)))).isTrue();

        assertThat(mayBeKept(id(RunOwner.INGRESS, Duration.ofDays(-62)))).isFalse();
        assertThat(mayBeKept(id(RunOwner.INGRESS, Duration.ofDays(2)))).isFalse();
        assertThat(mayBeKept(id(RunOwner.SCHEDULER, Duration.ZERO))).isFalse();
        assertThat(mayBeKept(UUID.randomUUID())).isFalse();
    }

    private static boolean mayBeKept(UUID id) {
        return CallStatusReads.mayBeKept(id, NOW, 30);
    }

    private static UUID id(RunOwner owner, Duration later) {
        return new RunIds(owner, () -> NOW.plus(later), new SecureRandom()).next();
    }
}
