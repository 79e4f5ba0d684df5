package io.sluice.benchmarks.queue;

import io.sluice.run.queue.NewRun;
import io.sluice.run.store.PartitionStore;
import io.sluice.run.store.RunQueueStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** All that the benchmarks know of the engine's tables. */
final class RunRows {

    static final int RETENTION_DAYS = 30;

    private static final String ENDED = "select exists (select 1 from run where id = :id)";

    private static final String ANY_OPEN = "select exists (select 1 from open_run where tenant = :tenant)";

    private static final String ANY_FAILED = """
            select exists (select 1 from run where tenant = :tenant and status <> 'succeeded')
            """;

    private static final String LATENCY = """
            select percentile_cont(0.5) within group (order by took) as p50,
                   percentile_cont(0.99) within group (order by took) as p99
              from (select 1000 * extract(epoch from ended_at - started_at) as took
                      from run where tenant = :tenant) ended
            """;

    private static final String EMPTY = "truncate run, open_run, run_step, last_run";

    private final Jdbi jdbi;

    RunRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Tables and the history's partitions of the next days, as a service makes them when it starts. */
    void create(DataSource dataSource, Instant now) {
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/run")
                .load()
                .migrate();
        new PartitionStore(jdbi).make(List.of(RETENTION_DAYS), now);
    }

    /** In one transaction. */
    void enqueue(List<NewRun> runs) {
        jdbi.useTransaction(handle -> RunQueueStore.enqueueAll(handle, runs));
    }

    boolean isEnded(UUID run) {
        return jdbi.withHandle(handle ->
                handle.createQuery(ENDED).bind("id", run).mapTo(Boolean.class).one());
    }

    boolean isAnyOpen(String tenant) {
        return exists(ANY_OPEN, tenant);
    }

    boolean isAnyFailed(String tenant) {
        return exists(ANY_FAILED, tenant);
    }

    private boolean exists(String query, String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("tenant", tenant)
                .mapTo(Boolean.class)
                .one());
    }

    JobQueue.Latency latency(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery(LATENCY)
                .bind("tenant", tenant)
                .map((row, context) -> new JobQueue.Latency(row.getDouble("p50"), row.getDouble("p99")))
                .one());
    }

    /** What retention does in a service; the server of a long benchmark must not grow without end. */
    void empty() {
        jdbi.useHandle(handle -> handle.execute(EMPTY));
    }
}
