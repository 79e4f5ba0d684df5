package io.sluice.benchmarks.schedule;

import io.sluice.benchmarks.measure.Waiting;
import io.sluice.benchmarks.platform.Keys;
import io.sluice.benchmarks.platform.PackagedService;
import io.sluice.benchmarks.platform.PlatformStub;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The packaged service, one process a replica, each with its executor, which runs what was fired. */
final class SluiceFirer implements Firer {

    // Of the ledger and the history alone, after the time: counting meanwhile would be a load of its own.
    private static final String COUNTS = """
            select (select count(*) from firing
                     where outcome = 'ran' and fired_at >= :from::timestamptz and fired_at < :to::timestamptz) as fired,
                   (select count(*) from firing
                     where outcome = 'missed' and fired_at >= :from::timestamptz and fired_at < :to::timestamptz) as missed,
                   (select count(*) from run
                     where ended_at >= :from::timestamptz and ended_at < :to::timestamptz) as ended
            """;

    private final ScheduleDatabase schedules;
    private final int replicas;
    private final PlatformStub platform = new PlatformStub();
    private final Keys keys = Keys.generate();
    private final List<PackagedService> running = new ArrayList<>();

    SluiceFirer(Server server, int count, int replicas) {
        this.replicas = replicas;
        schedules = ScheduleDatabase.create(server);
        schedules.insertSchedules(count, EVERY, "allow");
        // All of them are due: each had its instant within the last interval.
        schedules.plan(schedules.now().minus(EVERY), EVERY);
    }

    @Override
    public Found measure(Duration warmUp, Duration time) {
        for (int replica = 1; replica <= replicas; replica++) {
            running.add(SchedulerProcess.start(schedules.database(), platform, keys, replica));
        }
        running.forEach(PackagedService::awaitReady);
        Waiting.pause(warmUp);
        Instant from = schedules.now();
        Waiting.pause(time);
        Instant to = schedules.now();
        double open = schedules
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from open_run")
                        .mapTo(Long.class)
                        .one());
        stop();
        return counted(from, to, open);
    }

    private Found counted(Instant from, Instant to, double open) {
        double seconds = Duration.between(from, to).toNanos() / 1e9;
        return schedules
                .jdbi()
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .bind("from", from.toString())
                        .bind("to", to.toString())
                        .map((row, context) -> new Found(
                                row.getLong("fired") / seconds,
                                row.getLong("ended") / seconds,
                                row.getLong("missed") / seconds,
                                open))
                        .one());
    }

    private void stop() {
        running.forEach(PackagedService::close);
        running.clear();
    }

    @Override
    public void close() {
        stop();
        platform.close();
    }
}
