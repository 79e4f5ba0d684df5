package io.sluice.benchmarks.memory;

import java.util.List;

/** The straight line through samples at equal distances, by least squares. */
final class Slope {

    private Slope() {}

    /** Growth from one sample to the next; 0 for fewer than two. */
    static double of(List<Double> samples) {
        int count = samples.size();
        double middle = (count - 1) / 2.0;
        double mean =
                samples.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            products += (i - middle) * (samples.get(i) - mean);
            squares += (i - middle) * (i - middle);
        }
        return squares == 0 ? 0 : products / squares;
    }
}
