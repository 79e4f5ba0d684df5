package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many schedules are fired a second when more of them are due than can be. */
public final class Schedules {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final List<Integer> REPLICAS = List.of(1, 2);
    private static final List<Metric> METRICS = List.of(
            Metric.more("fired", "a second"),
            Metric.more("runs ended", "a second"),
            Metric.less("told as missed", "a second"),
            Metric.less("runs open at the end", ""));

    private final Duration time;
    private final Duration warmUp;
    private final int schedules;
    private final Map<String, List<Double>> rows = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private Schedules(Scale scale) {
        time = scale.time(TIME, Duration.ofSeconds(2));
        warmUp = scale.tiny() ? Duration.ofSeconds(1) : WARM_UP.compareTo(time) < 0 ? WARM_UP : time;
        schedules = scale.runs(700_000, 2_000);
    }

    private interface Subject {
        Firer create(Server server, int schedules, int replicas);
    }

    public static Report measure(Scale scale) {
        return new Schedules(scale).report();
    }

    private Report report() {
        try (Server server = new Server()) {
            for (int replicas : REPLICAS) {
                measure(sluice(replicas), server, replicas, SluiceFirer::new);
            }
            for (int replicas : REPLICAS) {
                measure(dbScheduler(replicas), server, replicas, DbSchedulerFirer::new);
                measure(quartz(replicas), server, replicas, QuartzFirer::new);
            }
        }
        for (int replicas : REPLICAS) {
            compare(replicas, dbScheduler(replicas));
            compare(replicas, quartz(replicas));
        }
        notes.add(
                "Sluice: run queued, outcome in the ledger and next instant in one transaction, so that each instant has"
                        + " one outcome, whoever dies; its runs are executed and kept meanwhile, missed instants are told.");
        notes.add("db-scheduler: a row is picked, the handler called, the next time written afterwards: a handler whose"
                + " process dies is called again; nothing is kept of what ran, instants in between are dropped.");
        notes.add(
                "Quartz: a row in its table of fired triggers and the next time in one transaction, the row removed after"
                        + " the job: a job whose process dies is not called again (unless it asks for it), nothing is kept of it.");
        notes.add(
                "One PostgreSQL 18 on the same machine with fsync and synchronous_commit on, a pool of 32 and 64 threads"
                        + " a replica; replicas of Sluice are processes of 512 MB, those of the peers schedulers of one process.");
        return new Report(
                String.format(
                        Locale.ROOT,
                        "schedules: %,d, all due at once, each every %,d min",
                        schedules,
                        Firer.EVERY.toMinutes()),
                METRICS,
                rows,
                List.of(),
                notes);
    }

    private static String sluice(int replicas) {
        return "Sluice, " + replicas + (replicas == 1 ? " replica" : " replicas");
    }

    private static String dbScheduler(int replicas) {
        return "db-scheduler, " + replicas + (replicas == 1 ? " scheduler" : " schedulers");
    }

    private static String quartz(int replicas) {
        return "Quartz, " + replicas + (replicas == 1 ? " scheduler" : " schedulers");
    }

    private void measure(String name, Server server, int replicas, Subject subject) {
        try (Firer firer = subject.create(server, schedules, replicas)) {
            server.settle();
            Firer.Found found = firer.measure(warmUp, time);
            rows.put(name, List.of(found.fired(), found.ended(), found.missed(), found.open()));
            double seconds = warmUp.plus(time).toMillis() / 1e3;
            if (found.fired() * seconds > 0.9 * schedules) {
                notes.add(String.format(Locale.ROOT, "%s: NOT SATURATED, no more than %,d were due", name, schedules));
            }
        }
    }

    private void compare(int replicas, String peer) {
        double times = fired(sluice(replicas)) / fired(peer);
        notes.add(String.format(
                Locale.ROOT,
                "%s: %.2f times %s (more than 1): %s",
                sluice(replicas),
                times,
                peer,
                times > 1 ? "met" : "NOT MET"));
    }

    private double fired(String name) {
        return rows.getOrDefault(name, List.of(Double.NaN)).getFirst();
    }
}
