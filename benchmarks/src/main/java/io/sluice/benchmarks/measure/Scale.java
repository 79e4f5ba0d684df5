package io.sluice.benchmarks.measure;

import java.util.OptionalInt;

/**
 * How much is done.
 *
 * @param tiny just enough to see that a benchmark works; its numbers mean nothing
 * @param runs how many runs were asked for, where the benchmark's own number is not wanted
 */
public record Scale(boolean tiny, OptionalInt runs) {

    public static final Scale FULL = new Scale(false, OptionalInt.empty());
    public static final Scale TINY = new Scale(true, OptionalInt.empty());

    public int pick(int full, int fewest) {
        return tiny ? fewest : full;
    }

    public int runs(int full, int fewest) {
        return runs.orElse(pick(full, fewest));
    }
}
