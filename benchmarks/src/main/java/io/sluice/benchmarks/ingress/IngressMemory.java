package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.memory.Slope;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Heap and resident size of the service again and again, while calls come at half the rate that it can take. */
public final class IngressMemory {

    private static final Duration TIME = Duration.ofMinutes(10);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final List<Metric> METRICS =
            List.of(Metric.less("heap after collection", "MB"), Metric.less("resident", "MB"));

    private final Map<String, List<Double>> rows = new LinkedHashMap<>();
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();

    private IngressMemory() {}

    public static Report measure(Scale scale) {
        return new IngressMemory().sampled(scale);
    }

    private Report sampled(Scale scale) {
        int samples = scale.pick(20, Slope.WARM_UP + 1);
        Duration time = scale.time(TIME, Duration.ofSeconds(3));
        Duration warmUp = WARM_UP.compareTo(time) < 0 ? WARM_UP : time;
        try (Server server = new Server();
                Stage stage = new Stage(server, Ingress.folder().resolve("ingress"))) {
            stage.saturate(warmUp);
            double rate = stage.saturate(warmUp).outcome().perSecond() / 2;
            var phase = CompletableFuture.supplyAsync(() -> stage.steady(time, rate));
            sample(stage.service(), samples, time.dividedBy(samples));
            Waiting.until(phase);
            return report(rate, phase.join());
        }
    }

    private void sample(Service service, int samples, Duration part) {
        long start = System.nanoTime();
        for (int i = 1; i <= samples; i++) {
            Duration at = part.multipliedBy(i);
            Waiting.pause(at.minusNanos(System.nanoTime() - start));
            heap.add(service.heapMegabytes());
            resident.add(service.residentMegabytes());
            rows.put(
                    String.format(Locale.ROOT, "after %,.0f s", at.toMillis() / 1e3),
                    List.of(heap.getLast(), resident.getLast()));
        }
    }

    private Report report(double rate, Stage.Phase phase) {
        String name = String.format(Locale.ROOT, "%,.0f calls a second", rate);
        return new Report(
                "ingress-memory: " + name,
                METRICS,
                rows,
                List.of(),
                List.of(
                        Slope.verdict("heap", heap),
                        Slope.verdict("resident", resident),
                        Verdicts.account(name, phase),
                        "The first " + Slope.WARM_UP + " samples do not count for the verdict. JVM of the service: "
                                + String.join(" ", Service.OPTIONS)));
    }
}
