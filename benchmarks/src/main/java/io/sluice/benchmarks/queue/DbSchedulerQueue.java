package io.sluice.benchmarks.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.agroal.api.AgroalDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The peer db-scheduler with one-time tasks, which it removes when they are done, polling the way it calls fast. */
public final class DbSchedulerQueue implements JobQueue {

    private static final int TRANSACTION = 500;

    /** The columns and indexes that its documentation asks for. */
    public static final String TABLE = """
            create table scheduled_tasks (
                task_name text not null,
                task_instance text not null,
                task_data bytea,
                execution_time timestamptz,
                picked boolean not null,
                picked_by text,
                last_success timestamptz,
                last_failure timestamptz,
                consecutive_failures int,
                last_heartbeat timestamptz,
                version bigint not null,
                priority smallint,
                state text,
                primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
            """;

    private final AgroalDataSource pool;
    private final Jdbi jdbi;
    private final OneTimeTask<Void> task = Tasks.oneTime("orders").execute((instance, context) -> Work.execute());
    private int jobs;
    private @Nullable Scheduler scheduler;

    DbSchedulerQueue(Server server) {
        pool = server.database();
        jdbi = Jdbi.create(pool);
        jdbi.useHandle(handle -> handle.createScript(TABLE).executeAsSeparateStatements());
    }

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public void enqueue(int count) {
        Scheduler client = scheduler();
        List<TaskInstance<?>> batch = new ArrayList<>(TRANSACTION);
        for (int i = 0; i < count; i++) {
            batch.add(task.instance("order-" + ++jobs));
            if (batch.size() == TRANSACTION || i == count - 1) {
                client.scheduleBatch(batch, Instant.EPOCH);
                batch.clear();
            }
        }
    }

    private Scheduler scheduler() {
        return Scheduler.create(pool, task)
                .threads(WORKERS)
                .pollingInterval(Duration.ofMillis(250))
                .pollUsingLockAndFetch(0.5, 4.0)
                .build();
    }

    @Override
    public void start() {
        Scheduler started = scheduler();
        scheduler = started;
        started.start();
    }

    @Override
    public boolean isDone() {
        return !jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from scheduled_tasks)")
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
            scheduler = null;
        }
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public void close() {
        pool.close();
    }
}
