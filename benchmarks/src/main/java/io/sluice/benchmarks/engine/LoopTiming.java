package io.sluice.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.SdkFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.benchmarks.measure.Scale;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a {@code for}: the median of a few, after some that do not count. */
final class LoopTiming {

    private static final int COUNTED = 7;
    private static final int WARM_UP = 5;
    private static final long LONGEST_SECONDS = 60;

    private LoopTiming() {}

    /** The time, or why there is none. */
    record Timed(double milliseconds, Optional<String> failure) {}

    static Timed sluice(int items, Scale scale) {
        EngineFlow flow = EngineFlow.of(Sources.loop(Language.JSONATA));
        JsonNode event = Sources.numbersEvent(items);
        double[] times = new double[scale.pick(COUNTED, 1)];
        for (int i = -scale.pick(WARM_UP, 0); i < times.length; i++) {
            long start = System.nanoTime();
            flow.run(event);
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return new Timed(median(times), Optional.empty());
    }

    /** The SDK calls itself for each item, so long lists end in a stack overflow, or not at all. */
    static Timed sdk(int items, Scale scale) {
        JsonNode event = Sources.numbersEvent(items);
        double[] times = new double[scale.pick(COUNTED, 1)];
        try (SdkFlow flow = SdkFlow.of(Sources.loop(Language.JQ))) {
            for (int i = -scale.pick(WARM_UP, 0); i < times.length; i++) {
                long start = System.nanoTime();
                flow.start(event).get(LONGEST_SECONDS, TimeUnit.SECONDS);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
            return new Timed(median(times), Optional.empty());
        } catch (ExecutionException e) {
            return failed(String.valueOf(e.getCause()));
        } catch (StackOverflowError e) {
            return failed("StackOverflowError");
        } catch (TimeoutException e) {
            return failed("no end within " + LONGEST_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Timed failed(String why) {
        return new Timed(Double.NaN, Optional.of(why));
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
