package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AdaptiveIntervalTest {

    private final AdaptiveInterval adaptive = new AdaptiveInterval(Duration.ofMinutes(1), Duration.ofHours(1));

    @Test
    void changesHalveItDownToTheShortest() {
        assertThat(adaptive.next(Duration.ofMinutes(5), true)).isEqualTo(Duration.ofSeconds(150));
        assertThat(adaptive.next(Duration.ofSeconds(90), true)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void idleRunsLengthenItUpToTheLongest() {
        assertThat(adaptive.next(Duration.ofMinutes(4), false)).isEqualTo(Duration.ofMinutes(6));
        assertThat(adaptive.next(Duration.ofMinutes(50), false)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void goesOnFromTheLastInstantByTheNewInterval() {
        Instant last = Instant.parse("2026-11-28T10:00:00Z");
        ScheduleSpec spec = new ScheduleSpec(
                        new Rule.Every(Duration.ofMinutes(5)), Instant.parse("2026-01-01T00:00:03Z"), ZoneOffset.UTC)
                .paced(last, Duration.ofMinutes(6));

        assertThat(NextInstant.after(spec, last)).map(NextInstant.Fire::at).contains(last.plusSeconds(360));
        assertThat(NextInstant.after(spec, last.plusSeconds(1_000)))
                .map(NextInstant.Fire::at)
                .contains(last.plusSeconds(1_080));
    }
}
