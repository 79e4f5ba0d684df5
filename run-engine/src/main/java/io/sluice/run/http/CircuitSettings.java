package io.sluice.run.http;

import java.time.Duration;

/**
 * When calls to a target that does not answer are held back.
 *
 * @param failures consecutive ones after which the circuit opens; 0 keeps it closed for ever
 * @param firstPause until the first probe
 * @param longestPause bound of the pause, which doubles with each probe that fails
 */
public record CircuitSettings(int failures, Duration firstPause, Duration longestPause) {

    public CircuitSettings {
        if (failures < 0 || (failures > 0 && (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0))) {
            throw new IllegalArgumentException("a circuit needs a first pause, and a longest one that is not shorter");
        }
    }

    /** Never opens. */
    public static final CircuitSettings OFF = new CircuitSettings(0, Duration.ZERO, Duration.ZERO);
}
