package io.sluice.benchmarks.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.agroal.api.AgroalDataSource;
import io.sluice.benchmarks.queue.DbSchedulerQueue;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;

/**
 * The peer db-scheduler. All schedules are instances of one task whose interval stands in the code: the cheapest of its
 * recurring tasks, as it stores and reads no schedule.
 */
final class DbSchedulerFirer implements Firer {

    private static final String TASK = "recurring";

    private static final String INSERT = """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            select :task, 'schedule-' || i, now(), false, 1 from generate_series(1, :schedules) i
            """;

    private final Server.Database database;
    private final int replicas;
    private final LongAdder fired = new LongAdder();
    private final List<AgroalDataSource> pools = new ArrayList<>();
    private final List<Scheduler> running = new ArrayList<>();

    DbSchedulerFirer(Server server, int schedules, int replicas) {
        this.replicas = replicas;
        database = server.create();
        Jdbi.create(database.jdbcUrl(), database.user(), "").useHandle(handle -> {
            handle.createScript(DbSchedulerQueue.TABLE).executeAsSeparateStatements();
            handle.createUpdate(INSERT)
                    .bind("task", TASK)
                    .bind("schedules", schedules)
                    .execute();
            handle.execute("vacuum analyze scheduled_tasks");
        });
    }

    private Scheduler scheduler(int replica) {
        AgroalDataSource pool = Server.pool(database);
        pools.add(pool);
        CustomTask<Void> task = Tasks.custom(TASK, Void.class).execute((instance, context) -> {
            fired.increment();
            return new CompletionHandler.OnCompleteReschedule<>(FixedDelay.of(EVERY));
        });
        return Scheduler.create(pool, task)
                .schedulerName(new SchedulerName.Fixed("replica-" + replica))
                .threads(WORKERS)
                .pollingInterval(Duration.ofMillis(250))
                .pollUsingLockAndFetch(0.5, 4.0)
                .build();
    }

    @Override
    public Found measure(Duration warmUp, Duration time) {
        for (int replica = 1; replica <= replicas; replica++) {
            running.add(scheduler(replica));
        }
        running.forEach(Scheduler::start);
        return Found.ofPeer(Counting.perSecond(fired, warmUp, time));
    }

    @Override
    public void close() {
        running.forEach(Scheduler::stop);
        pools.forEach(AgroalDataSource::close);
    }
}
