package io.sluice.run.testsupport;

import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A program: all probes at once, as many as a replica executes, while runs that behave go on. */
public final class Crowd {

    private static final int CONCURRENCY = 64;
    private static final int HONEST = 100;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Limits LIMITS = Limits.DEFAULT.with(TIME, 100_000, 5_000_000);
    private static final String HONEST_TASKS = """
            - filter: {set: {items: '${ $workflow.input.params.items[n > 4] }'}}
            - map: {set: {lines: '${ items.{"sku": code, "quantity": n} }'}}
            - out: {set: {count: '${ $count(lines) }'}}
            """;
    private static final String ITEMS = "{\"items\":[" + "{\"code\":\"a\",\"n\":5},".repeat(9) + "{\"n\":1}]}";

    private final LargeRuns largeRuns = new LargeRuns(2, 1 << 20);
    private final Semaphore places = new Semaphore(CONCURRENCY - 1);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    private Crowd() {}

    /** Prints what went wrong, a line each, and "done" in the end. */
    public static void main(String[] arguments) throws InterruptedException {
        new Crowd().gather();
    }

    private void gather() throws InterruptedException {
        List<Map.Entry<String, String>> probes = new ArrayList<>(Probes.tasks().entrySet());
        Probes.expressions()
                .forEach((name, source) ->
                        probes.add(Map.entry(name, "- t: {set: {x: '${ " + source.replace("'", "''") + " }'}}")));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (Map.Entry<String, String> probe : probes) {
            places.acquire();
            threads.execute(() -> probe(probe.getKey(), probe.getValue()));
        }
        threads.execute(this::honest);
        threads.shutdown();
        if (!threads.awaitTermination(5, TimeUnit.MINUTES)) {
            wrong.add("runs that did not end");
        }
        wrong.forEach(System.out::println);
        System.out.println("done");
        System.exit(0);
    }

    private void probe(String name, String tasks) {
        try {
            FlowRun.ofTasks(tasks).bounds(control()).run();
            wrong.add(name + " succeeded");
        } catch (RunStopped.LimitReached e) {
            if (e.error().detail() == null || e.error().pointer() == null) {
                wrong.add(name + " does not say why");
            }
            if (String.valueOf(e.getMessage()).contains("memory left")) {
                wrong.add(name + " used up the heap");
            }
        } catch (RuntimeException | Error e) {
            wrong.add(name + " ended by " + e);
        } finally {
            places.release();
        }
    }

    private void honest() {
        for (int i = 0; i < HONEST; i++) {
            try {
                String output = FlowRun.ofTasks(HONEST_TASKS)
                        .params(ITEMS)
                        .bounds(control())
                        .json();
                if (!output.equals("{'count':9}")) {
                    wrong.add("honest run made " + output);
                }
            } catch (RuntimeException | Error e) {
                wrong.add("honest run ended by " + e);
            }
        }
    }

    private RunControl control() {
        return new RunControl(System::nanoTime, InstantSource.system(), TIME, LIMITS, largeRuns);
    }
}
