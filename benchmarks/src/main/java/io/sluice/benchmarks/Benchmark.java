package io.sluice.benchmarks;

import io.sluice.benchmarks.engine.Engine;
import io.sluice.benchmarks.http.Http;
import io.sluice.benchmarks.ingress.Ingress;
import io.sluice.benchmarks.ingress.IngressMemory;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.memory.Memory;
import io.sluice.benchmarks.queue.Queues;
import io.sluice.benchmarks.schedule.Million;
import io.sluice.benchmarks.schedule.NextInstants;
import io.sluice.benchmarks.schedule.Schedules;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** All benchmarks, with the heap that each one gets. */
enum Benchmark {
    ENGINE(512, Engine::measure),
    HTTP(512, Http::measure),
    QUEUE(512, Queues::measure),
    INGRESS(512, Ingress::measure),
    SCHEDULES(512, Schedules::measure),
    SCHEDULES_MILLION(512, Million::measure),
    NEXT_INSTANTS(256, NextInstants::measure),
    MEMORY(128, Memory::engine),
    MEMORY_QUEUE(256, Memory::queue),
    INGRESS_MEMORY(512, IngressMemory::measure);

    /** What runs when nothing is named; the schedules, and the memory of queue and ingress, take minutes more. */
    static final List<Benchmark> USUAL = List.of(ENGINE, HTTP, QUEUE, INGRESS, MEMORY);

    private final int heapMegabytes;
    private final Function<Scale, Report> driver;

    Benchmark(int heapMegabytes, Function<Scale, Report> driver) {
        this.heapMegabytes = heapMegabytes;
        this.driver = driver;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    Report measure(Scale scale) {
        return driver.apply(scale);
    }

    static Optional<Benchmark> called(String word) {
        return Arrays.stream(values())
                .filter(benchmark -> benchmark.word().equals(word))
                .findFirst();
    }
}
