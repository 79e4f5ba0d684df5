package io.sluice.benchmarks.measure;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How much is done.
 *
 * @param tiny just enough to see that a benchmark works; its numbers mean nothing
 * @param runs how many runs were asked for, where the benchmark's own number is not wanted
 * @param seconds how long a phase was asked to take, where a benchmark goes by time
 */
public record Scale(boolean tiny, OptionalInt runs, OptionalInt seconds) {

    public static final Scale FULL = new Scale(false, OptionalInt.empty(), OptionalInt.empty());
    public static final Scale TINY = new Scale(true, OptionalInt.empty(), OptionalInt.empty());

    public int pick(int full, int fewest) {
        return tiny ? fewest : full;
    }

    public int runs(int full, int fewest) {
        return runs.orElse(pick(full, fewest));
    }

    public Duration time(Duration full, Duration shortest) {
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : tiny ? shortest : full;
    }
}
