package io.sluice.run.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryTest {

    private static Retry retry(Retry.Backoff backoff, Duration delay, Duration from, Duration to) {
        return new Retry(delay, backoff, 20, null, from, to);
    }

    private static Duration pause(Retry.Backoff backoff, int attempt) {
        return retry(backoff, Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO)
                .pause(attempt, new Random(1));
    }

    @Test
    void constantBackoffStays() {
        assertThat(pause(Retry.Backoff.CONSTANT, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pause(Retry.Backoff.CONSTANT, 5)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void linearBackoffGrowsByTheDelay() {
        assertThat(pause(Retry.Backoff.LINEAR, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pause(Retry.Backoff.LINEAR, 3)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void exponentialBackoffDoubles() {
        assertThat(pause(Retry.Backoff.EXPONENTIAL, 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pause(Retry.Backoff.EXPONENTIAL, 2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(pause(Retry.Backoff.EXPONENTIAL, 5)).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void noPauseIsLongerThanAnHour() {
        Retry retry = retry(Retry.Backoff.EXPONENTIAL, Duration.ofDays(366), Duration.ZERO, Duration.ofDays(366));

        assertThat(retry.pause(20, new Random(1))).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void jitterAddsWithinItsBounds(long seed) {
        Random random = new Random(seed);
        Duration from = Duration.ofMillis(random.nextInt(1_000));
        Duration to = from.plusMillis(random.nextInt(1_000));
        Retry retry = retry(Retry.Backoff.CONSTANT, Duration.ofSeconds(1), from, to);

        assertThat(retry.pause(1 + random.nextInt(20), random))
                .isBetween(
                        Duration.ofSeconds(1).plus(from), Duration.ofSeconds(1).plus(to));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }
}
