package io.sluice.benchmarks.memory;

import java.util.List;
import java.util.Locale;

/** The straight line through samples at equal distances, by least squares. */
public final class Slope {

    /** Samples at the start that do not count: classes are loaded, code is compiled, pools are filled. */
    public static final int WARM_UP = 2;

    /** Below it is what the collector and the compiler leave; a leak of 6 bytes a run is above it. */
    private static final double FLAT_MEGABYTES = 0.5;

    private Slope() {}

    /** What a reader wants to know about all samples, in words. */
    public static String verdict(String what, List<Double> samples) {
        double slope = of(samples.subList(Math.min(WARM_UP, samples.size()), samples.size()));
        return String.format(
                Locale.ROOT,
                "%s: %+.3f MB a sample: %s",
                what,
                slope,
                Double.isNaN(slope) ? "not known here" : slope <= FLAT_MEGABYTES ? "flat" : "GROWS");
    }

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
