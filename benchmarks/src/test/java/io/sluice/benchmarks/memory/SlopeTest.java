package io.sluice.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SlopeTest {

    private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

    @Test
    void isTheGrowthFromOneSampleToTheNext() {
        assertThat(Slope.of(List.of(5.0, 7.0, 9.0, 11.0))).isEqualTo(2, EXACTLY);
    }

    @Test
    void outliersThatComeAndGoAreNoGrowth() {
        assertThat(Slope.of(List.of(5.0, 9.0, 5.0, 9.0, 5.0))).isEqualTo(0, EXACTLY);
    }

    @Test
    void oneSampleDoesNotGrow() {
        assertThat(Slope.of(List.of(5.0))).isZero();
    }
}
