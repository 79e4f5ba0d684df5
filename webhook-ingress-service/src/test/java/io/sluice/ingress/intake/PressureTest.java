package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final Pressure pressure = new Pressure();
    private long now = 1_000 * MILLISECOND;

    @Test
    void nobodyWaitsBeforeTheFirstCall() {
        assertThat(pressure.isHigh(now)).isFalse();
    }

    @Test
    void slowDiskAloneIsNone() {
        groups(100, 20, 30);

        assertThat(pressure.isHigh(now)).isFalse();
    }

    @Test
    void callsThatWaitMuchLongerThanAGroupNeedsAreMuch() {
        groups(10, 2, 3);
        groups(50, 12, 25);

        assertThat(pressure.isHigh(now)).isTrue();
    }

    @Test
    void itPassesWhenCallsAreStoredAtOnceAgainOrNoneCome() {
        groups(10, 2, 3);
        groups(50, 12, 25);
        assertThat(pressure.isHigh(now + 200 * MILLISECOND)).isFalse();

        groups(50, 2, 3);

        assertThat(pressure.isHigh(now)).isFalse();
    }

    @Test
    void diskThatHasBecomeSlowIsWhatAGroupNeedsAfterAWhile() {
        groups(10, 2, 3);
        groups(2_000, 20, 30);

        assertThat(pressure.isHigh(now)).isFalse();
    }

    private void groups(int count, long takesMillis, long oldestWaitedMillis) {
        for (int i = 0; i < count; i++) {
            now += takesMillis * MILLISECOND;
            pressure.stored(now - oldestWaitedMillis * MILLISECOND, now - takesMillis * MILLISECOND, now);
        }
    }
}
