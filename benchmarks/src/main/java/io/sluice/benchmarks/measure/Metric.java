package io.sluice.benchmarks.measure;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is measured.
 *
 * @param target the number to hold
 */
public record Metric(String name, String unit, Better better, OptionalDouble target) {

    /** Which way is the good one. */
    public enum Better {
        LESS,
        MORE
    }

    public static Metric less(String name, String unit) {
        return new Metric(name, unit, Better.LESS, OptionalDouble.empty());
    }

    public static Metric more(String name, String unit) {
        return new Metric(name, unit, Better.MORE, OptionalDouble.empty());
    }

    public Metric target(double value) {
        return new Metric(name, unit, better, OptionalDouble.of(value));
    }

    String heading() {
        return unit.isEmpty() ? name : name + ", " + unit;
    }

    String targetText() {
        return target.isPresent() ? (better == Better.LESS ? "≤ " : "≥ ") + number(target.getAsDouble()) : "";
    }

    /** How many times as good as the peer's number the other is. */
    double advantage(double ours, double peers) {
        return better == Better.LESS ? peers / ours : ours / peers;
    }

    /** Three significant digits are all that such a measurement carries. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.01 || size == 0 ? "%.2f" : "%.2g";
        return String.format(Locale.ROOT, format, value);
    }
}
