package io.sluice.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.benchmarks.measure.Load;
import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.queue.Server;
import io.sluice.benchmarks.queue.SluiceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/** Looks at heap and resident size again and again while runs go by. */
public final class Memory {

    private static final int AT_ONCE = 32;

    private static final List<Metric> METRICS = List.of(
            Metric.less("heap after collection", "MB"), Metric.less("resident", "MB"), Metric.more("runs", "a second"));

    private Memory() {}

    /** The engine alone. */
    public static Report engine(Scale scale) {
        EngineFlow flow = EngineFlow.of(Sources.orders(Language.JSONATA));
        JsonNode event = Sources.ordersEvent();
        return sampled(
                "memory: engine with a journal in memory",
                scale,
                scale.runs(1_000_000, 200),
                runs -> Load.run(runs, AT_ONCE, () -> flow.run(event)));
    }

    /** Through the queue; finished runs are removed after each sample, as retention does. */
    public static Report queue(Scale scale) {
        try (Server server = new Server();
                SluiceQueue queue = new SluiceQueue(server)) {
            queue.start();
            try {
                return sampled("memory: runs through the queue", scale, scale.runs(200_000, 20), runs -> {
                    queue.enqueue(runs);
                    Waiting.until(queue::isDone, Duration.ofMillis(100), Duration.ofMinutes(10), "runs did not end");
                    queue.empty();
                });
            } finally {
                queue.stop();
            }
        }
    }

    private static Report sampled(String title, Scale scale, int runs, IntConsumer work) {
        int samples = scale.pick(10, Slope.WARM_UP + 1);
        int part = Math.max(1, runs / samples);
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        List<Double> heap = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = 1; i <= samples; i++) {
            long start = System.nanoTime();
            work.accept(part);
            double rate = part / ((System.nanoTime() - start) / 1e9);
            heap.add(heapMegabytes());
            resident.add(Machine.residentMegabytes());
            rows.put(
                    String.format(Locale.ROOT, "%,d runs", (long) i * part),
                    List.of(heap.getLast(), resident.getLast(), rate));
        }
        List<String> notes = List.of(
                Slope.verdict("heap", heap),
                Slope.verdict("resident", resident),
                "The first " + Slope.WARM_UP
                        + " samples do not count for the verdict. The heap is of fixed size and touched"
                        + " at the start, so resident size can grow outside it alone.");
        return new Report(title, METRICS, rows, List.of(), notes);
    }

    /** Twice, as what the first collection finalises goes with the second. */
    private static double heapMegabytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024.0);
    }
}
