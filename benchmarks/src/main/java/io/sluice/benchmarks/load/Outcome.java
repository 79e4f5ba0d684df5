package io.sluice.benchmarks.load;

import java.time.Duration;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/** What became of the calls of one phase. Filled by one thread, read after it. */
public final class Outcome {

    static final int ACCEPTED = 202;
    static final int UNAVAILABLE = 503;

    private final Duration time;
    private final Histogram micros = new Histogram(3);
    private final BitSet accepted = new BitSet();
    private long inTime;
    private long refused;
    private long otherwise;
    private long unanswered;

    Outcome(Duration time) {
        this.time = time;
    }

    void answered(int number, int status, long nanos, boolean early) {
        switch (status) {
            case ACCEPTED -> {
                accepted.set(number);
                micros.recordValue(nanos / 1_000);
                inTime += early ? 1 : 0;
            }
            case UNAVAILABLE -> refused++;
            default -> otherwise++;
        }
    }

    void unanswered() {
        unanswered++;
    }

    /** Answers 202 a second; those that came after the phase's end do not count. */
    public double perSecond() {
        return inTime / (time.toNanos() / 1e9);
    }

    /**
     * Of those that were accepted, from the moment at which the call should have been sent.
     *
     * @param share such as 0.99
     */
    public double milliseconds(double share) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(share * 100) / 1e3;
    }

    /** Which share of all calls was accepted within the time: what was refused or not answered was not. */
    public double acceptedWithin(Duration longest) {
        long all = micros.getTotalCount() + refused + otherwise + unanswered;
        return all == 0 ? Double.NaN : (double) micros.getCountBetweenValues(0, longest.toNanos() / 1_000) / all;
    }

    /** The numbers of the calls that were answered 202. */
    public BitSet accepted() {
        return (BitSet) accepted.clone();
    }

    /** Answers 503. */
    public long refused() {
        return refused;
    }

    /** Any other answer. */
    public long otherwise() {
        return otherwise;
    }

    /** Without an answer: the connection failed, or the phase's patience was over. */
    public long withoutAnswer() {
        return unanswered;
    }
}
