package io.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmarks.measure.Scale;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    @Test
    void withoutWordsTheUsualOnesRunInFull() {
        assertThat(Request.parse(List.of())).contains(new Request(Benchmark.USUAL, Scale.FULL, false));
    }

    @Test
    void namesAndOptionsComeInAnyOrder() {
        assertThat(Request.parse(List.of("--runs=500", "memory-queue", "--markdown", "http", "--seconds=5")))
                .contains(new Request(
                        List.of(Benchmark.MEMORY_QUEUE, Benchmark.HTTP),
                        new Scale(false, OptionalInt.of(500), OptionalInt.of(5)),
                        true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"htpp", "--runs=0", "--runs=", "--seconds=0", "--fast", ""})
    void whatIsUnknownIsRefused(String word) {
        assertThat(Request.parse(List.of("engine", word))).isEmpty();
    }
}
