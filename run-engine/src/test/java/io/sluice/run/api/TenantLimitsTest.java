package io.sluice.run.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.sluice.run.step.Limits;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TenantLimitsTest {

    private static final RunLimitsConfig DEPLOYMENT = new Deployment();

    private static MemorySize megabytes(long count) {
        return new MemorySize(BigInteger.valueOf(count << 20));
    }

    private record Deployment() implements RunLimitsConfig {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration longestTimeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public int steps() {
            return 10;
        }

        @Override
        public long expressionNodes() {
            return 1_000;
        }

        @Override
        public int expressionDepth() {
            return 50;
        }

        @Override
        public MemorySize valueBytes() {
            return megabytes(1);
        }

        @Override
        public MemorySize runBytes() {
            return megabytes(2);
        }
    }

    private record Own(Optional<Duration> timeout, OptionalInt steps, Optional<MemorySize> runBytes)
            implements TenantLimitsConfig {

        @Override
        public Optional<Duration> longestTimeout() {
            return Optional.empty();
        }

        @Override
        public OptionalLong expressionNodes() {
            return OptionalLong.empty();
        }

        @Override
        public OptionalInt expressionDepth() {
            return OptionalInt.empty();
        }

        @Override
        public Optional<MemorySize> valueBytes() {
            return Optional.empty();
        }
    }

    @Test
    void whatATenantDoesNotSetIsTheDeployments() {
        TenantLimits limits = TenantLimits.of(
                DEPLOYMENT, Map.of("acme", new Own(Optional.empty(), OptionalInt.of(20), Optional.of(megabytes(4)))));

        assertThat(limits.apply("other"))
                .isEqualTo(new Limits(Duration.ofSeconds(30), Duration.ofMinutes(1), 10, 1_000, 50, 1 << 20, 2 << 20));
        assertThat(limits.apply("acme"))
                .isEqualTo(new Limits(Duration.ofSeconds(30), Duration.ofMinutes(1), 20, 1_000, 50, 1 << 20, 4 << 20));
    }

    @Test
    void limitsThatContradictOneAnotherAreRefused() {
        Own own = new Own(Optional.of(Duration.ofHours(2)), OptionalInt.empty(), Optional.empty());

        assertThatThrownBy(() -> TenantLimits.of(DEPLOYMENT, Map.of("acme", own)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
