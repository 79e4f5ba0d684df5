package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final int FEW = 5;

    private double load = 0.1;
    private final Pressure pressure = new Pressure(() -> load);
    private long now = 1_000 * MILLISECOND;

    @Test
    void nobodyWaitsBeforeTheFirstCall() {
        assertThat(pressure.isHigh(now, FEW)).isFalse();
    }

    @Test
    void slowDiskAloneIsNone() {
        groups(100, 20, 30);

        assertThat(pressure.isHigh(now, FEW)).isFalse();
    }

    @Test
    void callsThatWaitMuchLongerThanAGroupNeedsAreMuch() {
        groups(10, 2, 3);
        groups(50, 12, 25);

        assertThat(pressure.isHigh(now, FEW)).isTrue();
    }

    @Test
    void itPassesWhenCallsAreStoredAtOnceAgainOrNoneCome() {
        groups(10, 2, 3);
        groups(50, 12, 25);
        assertThat(pressure.isHigh(now + 200 * MILLISECOND, FEW)).isFalse();

        groups(50, 2, 3);

        assertThat(pressure.isHigh(now, FEW)).isFalse();
    }

    @Test
    void diskThatHasBecomeSlowIsWhatAGroupNeedsAfterAWhile() {
        groups(10, 2, 3);
        groups(2_000, 20, 30);

        assertThat(pressure.isHigh(now, FEW)).isFalse();
    }

    @Test
    void manyCallsOnAFullMachineAreMuch() {
        load = 0.95;
        assertThat(pressure.isHigh(now, FEW)).isFalse();
        assertThat(pressure.isHigh(now, 50)).isTrue();

        load = 0.5;

        assertThat(pressure.isHigh(now + 100 * MILLISECOND, 50))
                .as("it is not looked at each time")
                .isTrue();
        assertThat(pressure.isHigh(now + 300 * MILLISECOND, 50)).isFalse();
    }

    private void groups(int count, long takesMillis, long oldestWaitedMillis) {
        for (int i = 0; i < count; i++) {
            now += takesMillis * MILLISECOND;
            pressure.stored(now - oldestWaitedMillis * MILLISECOND, now - takesMillis * MILLISECOND, now);
        }
    }
}
