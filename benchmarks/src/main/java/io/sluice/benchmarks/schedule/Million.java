package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.platform.Keys;
import io.sluice.benchmarks.platform.PackagedService;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A million active schedules in one database: a cold start, how late they fire at a steady rate, and edits meanwhile. */
public final class Million {

    private static final Duration TIME = Duration.ofSeconds(120);
    private static final Duration EVERY = Duration.ofSeconds(1_000);
    private static final Duration SETTLING = Duration.ofSeconds(30);

    /** How many schedules can be planned in a second before the start, at least. */
    private static final int PLANNED = 25_000;

    private static final int EDITS = 10;
    private static final List<Metric> METRICS = List.of(
            Metric.less("ready", "s"),
            Metric.less("first fire", "s").target(10),
            Metric.less("keeps up", "s"),
            Metric.more("fired", "a second"),
            Metric.less("lag p50", "ms"),
            Metric.less("lag p99", "ms").target(1_000),
            Metric.less("lag p99.9", "ms"),
            Metric.less("until the run starts, p99", "ms"),
            Metric.less("edit in force, longest", "ms").target(1_000),
            Metric.less("edit → first fire, longest", "ms"));

    private final Scale scale;
    private final int schedules;
    private final Duration time;
    private final InstantSource clock = InstantSource.system();

    private Million(Scale scale) {
        this.scale = scale;
        // As many a second in a test as a test can bear.
        schedules = scale.runs(1_000_000, 20_000);
        time = scale.time(TIME, Duration.ofSeconds(3));
    }

    public static Report measure(Scale scale) {
        return new Million(scale).report();
    }

    /** When what was there, in seconds after the process was started. */
    private record Start(double ready, double firstFire, double keepsUp) {}

    private Report report() {
        Keys keys = Keys.generate();
        try (Server server = new Server();
                PlatformStub platform = new PlatformStub()) {
            ScheduleDatabase database = ScheduleDatabase.create(server);
            FireLedger ledger = new FireLedger(database.jdbi());
            database.insertSchedules(schedules, EVERY, "skip");
            Instant due = clock.instant().plus(Duration.ofSeconds(schedules / PLANNED + 1));
            database.plan(due, EVERY);
            server.settle();
            if (clock.instant().isBefore(due)) {
                Waiting.pause(Duration.between(clock.instant(), due));
            }
            Instant exec = clock.instant();
            try (PackagedService service = SchedulerProcess.start(database.database(), platform, keys, 1)) {
                Start start = started(service, ledger, exec);
                Waiting.pause(time.compareTo(SETTLING) < 0 ? time : SETTLING);
                return steady(ledger, new Edits(platform, ledger, clock), start, Duration.between(due, exec));
            }
        }
    }

    private Start started(PackagedService service, FireLedger ledger, Instant exec) {
        service.awaitReady();
        double ready = since(exec, clock.instant());
        Waiting.until(ledger::hasFired, Duration.ofMillis(50), Duration.ofSeconds(60), "no fire");
        Waiting.until(ledger::keepsUp, Duration.ofMillis(50), Duration.ofMinutes(5), "not keeping up");
        double keepsUp = since(exec, clock.instant());
        return new Start(ready, since(exec, ledger.firstFire()), keepsUp);
    }

    private Report steady(FireLedger ledger, Edits edits, Start start, Duration behind) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Waiting.pause(time);
        Instant to = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        // What was due in the last moment has had its time by then, or is late indeed.
        Waiting.pause(Duration.ofSeconds(2));
        FireLedger.Lag lag = ledger.lag(from, to);
        // After the time: an edit is a fire of another kind, and would be among those that are counted.
        Edits.Found edited = edits.measure(scale.pick(EDITS, 1));
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        double seconds = Duration.between(from, to).toMillis() / 1e3;
        rows.put(
                String.format(Locale.ROOT, "Sluice, %,d schedules", schedules),
                List.of(
                        start.ready(),
                        start.firstFire(),
                        start.keepsUp(),
                        lag.ran() / seconds,
                        lag.p50(),
                        lag.p99(),
                        lag.p999(),
                        lag.startedP99(),
                        edited.inForce(),
                        edited.firstFire()));
        return new Report(
                String.format(
                        Locale.ROOT,
                        "schedules-million: %,d schedules, each every %,d s",
                        schedules,
                        EVERY.toSeconds()),
                METRICS,
                rows,
                List.of(),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "Due in the measured time: %,d instants; %,d ran, %,d were skipped or missed, %,d have no outcome.",
                                lag.planned(schedules, EVERY, Duration.between(from, to)),
                                lag.ran(),
                                lag.otherwise(),
                                lag.planned(schedules, EVERY, Duration.between(from, to))
                                        - lag.ran()
                                        - lag.otherwise()),
                        String.format(
                                Locale.ROOT,
                                "The process was started %,d ms after the first instant was due; what became due until it was"
                                        + " ready had to be caught up with.",
                                behind.toMillis()),
                        "All instants lie on full seconds, so that a second's schedules are due at once. Lag ends with the"
                                + " transaction's begin, by the database's clock; the start of the run comes after its commit.",
                        edited.note()));
    }

    private static double since(Instant start, Instant end) {
        return Duration.between(start, end).toMillis() / 1e3;
    }
}
