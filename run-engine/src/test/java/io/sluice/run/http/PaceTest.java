package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.connection.CallRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOW = Instant.parse("2026-11-24T05:55:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static Pace of(int requests, Duration per) {
        return new Pace(new CallRate(requests, per));
    }

    @Test
    void callsAreSpacedEvenly() {
        Pace pace = of(2, SECOND);

        assertThat(pace.take(NOW, SECOND)).contains(Duration.ZERO);
        assertThat(pace.take(NOW, SECOND)).contains(Duration.ofMillis(500));
        assertThat(pace.take(NOW, SECOND)).contains(SECOND);
        assertThat(pace.take(NOW, SECOND)).isEmpty();
    }

    @Test
    void refusedCallTakesNoPlace() {
        Pace pace = of(1, SECOND);
        pace.take(NOW, Duration.ZERO);

        assertThat(pace.take(NOW, Duration.ZERO)).isEmpty();
        assertThat(pace.take(NOW, Duration.ZERO)).isEmpty();
        assertThat(pace.take(NOW.plus(SECOND), Duration.ZERO)).contains(Duration.ZERO);
    }

    @Test
    void tenthOfThePeriodMayComeAtOnce() {
        Pace pace = of(60, Duration.ofMinutes(1));

        for (int i = 0; i < 6; i++) {
            assertThat(pace.take(NOW, Duration.ZERO)).contains(Duration.ZERO);
        }
        assertThat(pace.take(NOW, Duration.ZERO)).isEmpty();
    }

    @Test
    void idleTimeIsNotSavedUp() {
        Pace pace = of(60, Duration.ofMinutes(1));
        pace.take(NOW, Duration.ZERO);
        Instant muchLater = NOW.plus(Duration.ofHours(1));

        long passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += pace.take(muchLater, Duration.ZERO).isPresent() ? 1 : 0;
        }

        assertThat(passed).isEqualTo(6);
    }

    @Test
    void thoseWhoComeBackDoNotComeTogether() {
        Pace pace = of(1, SECOND);
        pace.take(NOW, Duration.ZERO);
        List<Duration> returns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            returns.add(pace.comeBack(NOW));
        }

        assertThat(returns).doesNotHaveDuplicates().isSorted();
        assertThat(returns).allSatisfy(delay -> assertThat(delay).isBetween(SECOND, Duration.ofSeconds(5)));
    }

    @Test
    void nobodyIsSentAwayForLong() {
        Pace pace = of(1, Duration.ofMinutes(1));
        pace.take(NOW, Duration.ZERO);

        for (int i = 0; i < 50; i++) {
            assertThat(pace.comeBack(NOW)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        }
    }
}
