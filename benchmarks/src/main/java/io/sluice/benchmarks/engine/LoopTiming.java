package io.sluice.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.SdkFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.run.expression.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a {@code for}: the median of a few, after some that do not count. */
final class LoopTiming {

    private static final int COUNTED = 7;
    private static final int WARM_UP_SECONDS = 3;
    private static final long LONGEST_SECONDS = 60;

    private LoopTiming() {}

    /** The time, or why there is none. */
    record Timed(double milliseconds, Optional<String> failure) {}

    static Timed sluice(int items, Scale scale) {
        EngineFlow flow = EngineFlow.of(Sources.loop(Language.JSONATA));
        JsonNode event = Sources.numbersEvent(items);
        return timed(scale, () -> checked(Json.tree(flow.run(event)), items));
    }

    static Timed sdk(int items, Scale scale) {
        JsonNode event = Sources.numbersEvent(items);
        try (SdkFlow flow = SdkFlow.of(Sources.loop(Language.JQ))) {
            return timed(scale, () -> checked(flow.start(event).get(LONGEST_SECONDS, TimeUnit.SECONDS), items));
        }
    }

    private static void checked(JsonNode output, int items) {
        if (output.path("last").asInt() != items - 1) {
            throw new IllegalStateException("wrong result " + output);
        }
    }

    private static Timed timed(Scale scale, Run run) {
        double[] times = new double[scale.pick(COUNTED, 1)];
        long warm = System.nanoTime() + scale.pick(WARM_UP_SECONDS, 0) * 1_000_000_000L;
        try {
            while (System.nanoTime() < warm) {
                run.run();
            }
            for (int i = 0; i < times.length; i++) {
                long start = System.nanoTime();
                run.run();
                times[i] = (System.nanoTime() - start) / 1e6;
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

    private interface Run {
        void run() throws ExecutionException, TimeoutException, InterruptedException;
    }

    private static Timed failed(String why) {
        return new Timed(Double.NaN, Optional.of(why));
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
