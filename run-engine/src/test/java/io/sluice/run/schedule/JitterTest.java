package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JitterTest {

    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Instant MIDNIGHT = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void sameScheduleAndInstantGiveTheSameDelay() {
        UUID schedule = UUID.fromString("01935e0c-0000-7000-8000-000000000001");

        assertThat(Jitter.of(schedule, MIDNIGHT, MOST)).isEqualTo(Jitter.of(schedule, MIDNIGHT, MOST));
        assertThat(Jitter.of(schedule, MIDNIGHT, MOST))
                .isNotEqualTo(Jitter.of(schedule, MIDNIGHT.plusSeconds(1), MOST));
        assertThat(Jitter.of(schedule, MIDNIGHT, Duration.ZERO)).isZero();
    }

    @Test
    void manySchedulesOfOneInstantAreSpreadEvenly() {
        int[] perMinute = new int[5];
        LongStream.range(0, 50_000).forEach(id -> {
            Duration delay = Jitter.of(new UUID(7, id), MIDNIGHT, MOST);
            assertThat(delay).isBetween(Duration.ZERO, MOST);
            perMinute[(int) Math.min(4, delay.toMinutes())]++;
        });

        assertThat(perMinute).satisfies(counts -> {
            for (int count : counts) {
                assertThat(count).isBetween(9_500, 10_500);
            }
        });
    }
}
